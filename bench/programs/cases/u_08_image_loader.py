"""Image augmentation loader: a worker decodes ahead while the loop takes statistics."""
import os
import sys
import tempfile
from collections import deque
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from PIL import Image

ARM = sys.argv[1] if len(sys.argv) > 1 else "good"
FOLDER = os.path.join(tempfile.gettempdir(), "memory-cases")
IMAGES, WIDTH, HEIGHT, AHEAD = 64, 960, 720, 3


def image_path(number):
    return os.path.join(FOLDER, f"vv-photo-{number:03d}.jpg")


def write_images():
    rng = np.random.default_rng(37)
    for number in range(IMAGES):
        coarse = rng.integers(0, 256, (9 + number % 5, 12, 3), dtype=np.uint8)
        photo = Image.fromarray(coarse).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
        pixels = np.asarray(photo, dtype=np.int16)
        noisy = pixels + rng.integers(-9, 10, pixels.shape, dtype=np.int16)
        noisy = np.clip(noisy, 0, 255).astype(np.uint8)
        Image.fromarray(noisy).save(image_path(number) + ".tmp", format="JPEG", quality=82)
        os.rename(image_path(number) + ".tmp", image_path(number))


def ensure_inputs():
    os.makedirs(FOLDER, exist_ok=True)
    if not os.path.exists(image_path(IMAGES - 1)):
        pid = os.fork()
        if pid == 0:
            write_images()
            os._exit(0)
        os.waitpid(pid, 0)


class Augment:
    """Flip and brightness, with a seed of its own per image."""

    def __init__(self, seed):
        self.seed = seed

    def __call__(self, number, pixels):
        rng = np.random.default_rng((self.seed, number))
        gain = rng.integers(200, 300)
        table = np.minimum(np.arange(256) * gain // 256, 255).astype(np.uint8)
        if rng.random() < 0.5:
            pixels = pixels[:, ::-1]
        return table[pixels]


def load(number, augment):
    with Image.open(image_path(number)) as image:
        pixels = np.asarray(image)
    return number, augment(number, pixels)


class Prefetcher:
    def __init__(self, augment):
        self.augment = augment

    def _stream_bad(self, pool, numbers):
        futures = [pool.submit(load, n, self.augment) for n in numbers]
        for future in futures:
            yield future.result()

    def _stream_good(self, pool, numbers):
        waiting = deque()
        for n in numbers:
            waiting.append(pool.submit(load, n, self.augment))
            if len(waiting) > AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def stream(self, numbers):
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="prefetch") as pool:
            yield from (self._stream_bad if ARM == "bad" else self._stream_good)(pool, numbers)


class ChannelStats:
    def __init__(self):
        self.count = 0
        self.total = np.zeros(3)
        self.hist = np.zeros(256, dtype=np.int64)

    def add(self, pixels):
        self.count += pixels.shape[0] * pixels.shape[1]
        self.total += pixels.sum(axis=(0, 1), dtype=np.int64)
        for row in range(0, pixels.shape[0], 60):
            self.hist += np.bincount(pixels[row:row + 60].reshape(-1), minlength=256)


def epoch(loader, stats, order):
    seen = 0
    for number, pixels in loader.stream(order):
        stats.add(pixels)
        seen += number
    return seen


def main():
    ensure_inputs()
    order = np.random.default_rng(1).permutation(IMAGES).tolist()
    stats = ChannelStats()
    seen = epoch(Prefetcher(Augment(seed=9)), stats, order)
    mean = (stats.total / stats.count).round(3).tolist()
    print(f"seen={seen} pixels={stats.count} mean={mean} mode={int(stats.hist.argmax())}")
    return stats


STATS = main()
