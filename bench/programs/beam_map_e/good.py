"""Sum of Gaussian beams over a detector plane, and its brightest pixels."""
import numpy as np

BEAMS = 14


class DetectorPlane:
    def __init__(self, width_mm, height_mm, pitch_mm):
        self.x = np.arange(0.0, width_mm, pitch_mm)
        self.y = np.arange(0.0, height_mm, pitch_mm)

    @property
    def shape(self):
        return len(self.y), len(self.x)

    def coordinates(self):
        return np.meshgrid(self.x, self.y, sparse=True)


class Beam:
    def __init__(self, x0, y0, width, power):
        self.x0, self.y0 = x0, y0
        self.width = width
        self.power = power

    def intensity(self, xx, yy):
        level = (xx - self.x0) ** 2 + (yy - self.y0) ** 2
        level *= -0.5 / self.width ** 2
        np.exp(level, out=level)
        level *= self.power
        return level


def make_beams(rng, plane):
    beams = []
    for _ in range(BEAMS):
        beams.append(Beam(rng.uniform(0, plane.x[-1]), rng.uniform(0, plane.y[-1]),
                          rng.uniform(2.0, 9.0), rng.uniform(0.5, 3.0)))
    return beams


def exposure(plane, beams):
    total = np.zeros(plane.shape)
    xx, yy = plane.coordinates()
    for beam in beams:
        total += beam.intensity(xx, yy)
    return total


def brightest(image, plane):
    row, column = np.unravel_index(int(image.argmax()), image.shape)
    return plane.x[column], plane.y[row], image[row, column]


def band_means(image, bands):
    edges = np.linspace(0, image.shape[0], bands + 1).astype(int)
    return [float(image[a:b].mean()) for a, b in zip(edges[:-1], edges[1:])]


def main():
    rng = np.random.default_rng(31)
    plane = DetectorPlane(90.0, 75.0, 0.05)
    beams = make_beams(rng, plane)
    image = exposure(plane, beams)
    x, y, level = brightest(image, plane)
    print("pixels", image.size)
    print(f"brightest at {x:.2f} {y:.2f} level {level:.4f}")
    print("bands", " ".join(f"{m:.4f}" for m in band_means(image, 6)))
    print("saturated", int(np.count_nonzero(image > 2.5)))


if __name__ == "__main__":
    main()
