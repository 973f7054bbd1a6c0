"""Reduction of a night's exposures: dark current, flat field, sky level and gain are taken out, then stars counted."""
import numpy as np

from harness import case, run

SHAPE = (1100, 1300)


class Camera:
    """Made-up exposures with a pattern of dark current, a vignette and a few stars."""

    def __init__(self):
        y, x = np.ogrid[:SHAPE[0], :SHAPE[1]]
        self.y, self.x = y, x

    def dark(self):
        return (40 + (self.y * 7 + self.x * 3) % 11).astype(np.float32)

    def flat(self):
        y, x = self.y / SHAPE[0] - 0.5, self.x / SHAPE[1] - 0.5
        return (1 - 0.4 * (y * y + x * x)).astype(np.float32)

    def exposures(self, count):
        stack = np.empty((count, *SHAPE), dtype=np.uint16)
        for n in range(count):
            noise = (self.y * 131 + self.x * 71 + n * 17) % 23
            stack[n] = (self.dark() + self.flat() * (600 + noise)).astype(np.uint16)
            for k in range(60):
                stack[n, (k * 97 + n) % SHAPE[0], (k * 389 + n * 2) % SHAPE[1]] += 4000 + 100 * k
        return stack


def subtract_dark(stack, camera):
    return stack.astype(np.float32) - camera.dark()


def divide_flat(stack, camera):
    return stack / camera.flat()


def remove_sky(stack, camera):
    return stack - np.median(stack[:, ::8, ::8], axis=(1, 2), keepdims=True)


def to_electrons(stack, camera):
    return stack * np.float32(1.7)


def by_hand(raw, camera):
    """The steps in order, as in the observatory's handbook."""
    debiased = subtract_dark(raw, camera)
    flattened = divide_flat(debiased, camera)
    level = remove_sky(flattened, camera)
    electrons = to_electrons(level, camera)
    return measure(electrons)


def in_order(raw, camera):
    frames = raw
    for step in (subtract_dark, divide_flat, remove_sky, to_electrons):
        frames = step(frames, camera)
    return measure(frames)


def measure(frames, limit=2500):
    rows = []
    for frame in frames:
        bright = frame > limit
        rows.append((int(bright.sum()), float(frame[bright].mean()), float(frame[::50, ::50].std())))
    return rows


def night(reduce, fields=2):
    camera = Camera()
    for number in range(fields):
        rows = reduce(camera.exposures(6), camera)
        for stars, mean, noise in rows[:3]:
            print(f"field {number}: stars {stars} mean {mean:.1f} noise {noise:.2f}")
        print("all", sum(row[0] for row in rows))


@case("af 17 night sky")
class _:
    def bad():
        return night(by_hand)

    def good():
        return night(in_order)


if __name__ == "__main__":
    kept = run()
