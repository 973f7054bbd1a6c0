"""Flat-field correction and background statistics of a stack of 8-bit camera frames."""
import numpy as np

N_FRAMES = 100
SHAPE = (400, 600)


def acquire(seed=6):
    """The stack as it comes from the frame grabber."""
    rng = np.random.default_rng(seed)
    return rng.integers(20, 220, size=(N_FRAMES, *SHAPE), dtype=np.uint8)


def read_flat():
    y = np.linspace(-1, 1, SHAPE[0])[:, None]
    x = np.linspace(-1, 1, SHAPE[1])[None, :]
    flat = 1.0 - 0.3 * (y ** 2 + x ** 2)
    return flat / flat.mean()


def prepare(stack):
    """Frames scaled to the range 0..1."""
    return stack.astype(np.float64) / 255.0


def correct(frame, flat):
    return frame / flat


def frame_statistics(frame):
    return float(frame.mean()), float(np.percentile(frame, 5)), float(frame.max())


def background(stack, flat):
    """Pixelwise mean of the corrected frames."""
    total = np.zeros(SHAPE)
    for frame in stack:
        total += correct(frame, flat)
    total /= len(stack)
    return total


def summarise(stack, flat, every):
    return [(i, *frame_statistics(correct(stack[i], flat))) for i in range(0, len(stack), every)]


def main():
    flat = read_flat()
    stack = prepare(acquire())
    mean = background(stack, flat)
    print("background %.6f" % mean.mean(), "edge %.6f" % mean[0].mean())
    for row in summarise(stack, flat, 20):
        print(row[0], "%.6f %.6f %.6f" % row[1:])


if __name__ == "__main__":
    main()
