import numpy as np
from harness import case, fixture, run
from PIL import Image, ImageSequence

WIDTH, HEIGHT, FRAMES = 512, 384, 100


def build(path):
    rng = np.random.default_rng(24)
    base = rng.integers(0, 200, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    frames = (Image.fromarray(base + np.uint8(n % 50)) for n in range(FRAMES))
    first = next(frames)
    first.save(path, format="TIFF", save_all=True, append_images=frames)


@case("tt 24 stacked frames")
class _:
    def setup():
        fixture("tt24_clip.tif", build)

    def bad():
        with Image.open(fixture("tt24_clip.tif", build)) as clip:
            frames = [np.asarray(frame) for frame in ImageSequence.Iterator(clip)]
        stack = np.stack(frames)
        total = stack.sum(axis=0, dtype=np.uint32)
        print(total.shape, int(total.max()), int(total.sum()))

    def good():
        total = np.zeros((HEIGHT, WIDTH, 3), dtype=np.uint32)
        with Image.open(fixture("tt24_clip.tif", build)) as clip:
            for frame in ImageSequence.Iterator(clip):
                total += np.asarray(frame)
        print(total.shape, int(total.max()), int(total.sum()))


if __name__ == "__main__":
    kept = run()
