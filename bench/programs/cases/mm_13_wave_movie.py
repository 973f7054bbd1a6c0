import time

import numpy as np

from harness import case, run

FRAMES, HEIGHT, WIDTH = 160, 400, 500


class Wave:
    def __init__(self):
        self.now = 0
        self.x = np.linspace(0, 6.0, WIDTH)
        self.y = np.linspace(0, 4.0, HEIGHT)[:, None]

    def step(self):
        self.now += 1
        return np.sin(self.x + self.now / 10) * np.cos(self.y)


def summarise(movie):
    time.sleep(0.1)
    print("movie", movie.shape, "brightest %.4f" % movie.max())


@case("mm 13 wave movie")
class _:
    def bad():
        wave = Wave()
        frames = []
        for _ in range(FRAMES):
            frames.append(wave.step().astype(np.float32))
        movie = np.stack(frames)
        summarise(movie)
        return movie

    def good():
        wave = Wave()
        movie = np.empty((FRAMES, HEIGHT, WIDTH), dtype=np.float32)
        for n in range(FRAMES):
            movie[n] = wave.step()
        summarise(movie)
        return movie


if __name__ == "__main__":
    kept = run()
