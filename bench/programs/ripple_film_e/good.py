"""Film of ripples in a basin; here the frames go into a contact digest."""
import hashlib

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import AbstractMovieWriter, FuncAnimation

FRAMES = 48


class Basin:
    """Wave equation on a square with fixed rim."""

    def __init__(self, side):
        self.height = np.zeros((side, side))
        self.before = np.zeros((side, side))
        self.height[side // 3, side // 2] = 40.0
        self.before[...] = self.height

    def advance(self):
        now = self.height
        nxt = np.zeros_like(now)
        inner = now[1:-1, 1:-1]
        lap = now[:-2, 1:-1] + now[2:, 1:-1] + now[1:-1, :-2] + now[1:-1, 2:] - 4 * inner
        nxt[1:-1, 1:-1] = 2 * inner - self.before[1:-1, 1:-1] + 0.24 * lap
        self.before, self.height = now, nxt

    def frames(self, count):
        for _ in range(count):
            for _ in range(3):
                self.advance()
            yield self.height.copy()


class DigestWriter(AbstractMovieWriter):
    """Movie writer which only keeps a digest of the rendered pixels."""

    def setup(self, fig, outfile, dpi=None):
        super().setup(fig, outfile, dpi=dpi)
        self.digest = hashlib.md5()
        self.count = 0

    def grab_frame(self, **savefig_kwargs):
        self.fig.canvas.draw()
        self.digest.update(self.fig.canvas.buffer_rgba())
        self.count += 1

    def finish(self):
        pass


def make_film(basin, figure, axes):
    image = axes.imshow(basin.height, vmin=-1, vmax=1, cmap="RdBu", animated=True)
    axes.set_axis_off()

    def draw(frame):
        image.set_data(frame)
        return (image,)

    return FuncAnimation(figure, draw, frames=basin.frames(FRAMES), init_func=lambda: (image,),
                         save_count=FRAMES, repeat=False,
                         cache_frame_data=False)


def main():
    basin = Basin(460)
    figure, axes = plt.subplots(figsize=(3, 3), dpi=80)
    film = make_film(basin, figure, axes)
    writer = DigestWriter(fps=10)
    film.save("ripples", writer=writer)
    plt.close(figure)
    print("frames", writer.count, "digest", writer.digest.hexdigest())
    print(f"energy {float(np.square(basin.height).sum()):.4f}")


if __name__ == "__main__":
    main()
