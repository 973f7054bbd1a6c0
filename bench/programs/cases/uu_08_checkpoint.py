import json
import os
import tempfile
import zlib

import numpy as np

from harness import case, run

ROWS, COLUMNS = 700, 900
STEPS = 12


class HeatPlate:
    def __init__(self):
        self.step = 0
        self.field = np.zeros((ROWS, COLUMNS), dtype="float32")
        self.field[ROWS // 3, :] = 100.0
        self.field[:, COLUMNS // 2] = 60.0

    def advance(self):
        inner = self.field[1:-1, 1:-1]
        flow = self.field[:-2, 1:-1] + self.field[2:, 1:-1]
        flow += self.field[1:-1, :-2]
        flow += self.field[1:-1, 2:]
        flow *= 0.25
        inner[...] = flow
        self.step += 1


class Rows(list):
    """A list for the encoder that turns one row of the field at a time into numbers."""

    def __init__(self, field):
        super().__init__()
        self.field = field

    def __bool__(self):
        return len(self.field) > 0

    def __iter__(self):
        return (row.tolist() for row in self.field)


def checksum(path):
    crc = 0
    with open(path, "rb") as saved:
        while block := saved.read(1 << 16):
            crc = zlib.crc32(block, crc)
    return crc


def save_checkpoint(plate, path):
    state = {"step": plate.step, "shape": list(plate.field.shape), "field": plate.field.tolist()}
    with open(path, "w") as out:
        out.write(json.dumps(state, indent=1))


def stream_checkpoint(plate, path):
    state = {"step": plate.step, "shape": list(plate.field.shape), "field": Rows(plate.field)}
    with open(path, "w") as out:
        json.dump(state, out, indent=1)


def simulate(save):
    plate = HeatPlate()
    for _ in range(STEPS):
        plate.advance()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "plate.json")
        save(plate, path)
        print(plate.step, os.path.getsize(path), checksum(path))
    return plate.step


@case("uu 08 simulation checkpoint")
class _:
    def bad():
        return simulate(save_checkpoint)

    def good():
        return simulate(stream_checkpoint)


if __name__ == "__main__":
    kept = run()
