import io
import zipfile

import numpy as np
from PIL import Image

from harness import case, fixture, run

SIDE = 112
PHOTOS = 320
BATCH = 32


def build(path):
    rng = np.random.default_rng(22)
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(PHOTOS):
            coarse = rng.integers(0, 256, (7, 7, 3), dtype=np.uint8)
            photo = Image.fromarray(coarse).resize((SIDE, SIDE), Image.Resampling.BICUBIC)
            out = io.BytesIO()
            photo.save(out, "JPEG", quality=85)
            archive.writestr(f"tile-{number:04d}.jpg", out.getvalue())


def photos(path):
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            with archive.open(name) as source, Image.open(source) as photo:
                yield np.asarray(photo)


class TileInspector:
    """Scores photos of floor tiles with a fixed linear filter."""

    def __init__(self, path):
        rng = np.random.default_rng(23)
        self.filter = rng.normal(0, 0.01, (SIDE * SIDE * 3, 4)).astype(np.float32)
        self.photos = np.empty((PHOTOS, SIDE, SIDE, 3), dtype=np.uint8)
        for place, photo in enumerate(photos(path)):
            self.photos[place] = photo
        self.prepare()

    def prepare(self):
        self.photos = self.photos / 255

    def batch(self, start):
        return self.photos[start:start + BATCH]

    def scores(self):
        for start in range(0, PHOTOS, BATCH):
            batch = self.batch(start)
            yield (batch.reshape(len(batch), -1) @ self.filter).argmax(axis=1)


class LeanTileInspector(TileInspector):
    def prepare(self):
        pass

    def batch(self, start):
        return self.photos[start:start + BATCH] / np.float32(255)


def inspect(kind, path):
    inspector = kind(path)
    classes = np.bincount(np.concatenate(list(inspector.scores())), minlength=4)
    print(PHOTOS, "tiles", classes.tolist())
    return inspector


@case("qq 22 tile inspection")
class _:
    def setup():
        _.path = fixture("qq_tiles.zip", build)

    def bad():
        return inspect(TileInspector, _.path)

    def good():
        return inspect(LeanTileInspector, _.path)


if __name__ == "__main__":
    kept = run()
