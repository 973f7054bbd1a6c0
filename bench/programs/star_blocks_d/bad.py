"""Summarise the particle tables (STAR files) of an electron microscopy run."""
import linecache
import os
import tempfile

N_FILES = 40
ROWS = 9000
COLUMNS = ("_rlnCoordinateX", "_rlnCoordinateY", "_rlnDefocusU", "_rlnClassNumber", "_rlnMicrographName")


def write_star(path, number):
    with open(path, "w", encoding="ascii") as out:
        out.write(f"\ndata_optics\n\n_rlnVoltage 300.0\n_rlnImagePixelSize {1.05 + number / 100:.2f}\n\n")
        out.write("data_particles\n\nloop_\n")
        for k, column in enumerate(COLUMNS, 1):
            out.write(f"{column} #{k}\n")
        for row in range(ROWS):
            k = row * 7907 + number * 31
            out.write(f"{k % 4096:>6}.0 {k * 3 % 4096:>6}.0 {8000 + k % 9001:>10}.25 {1 + k % 5:>3} "
                      f"MotionCorr/job{number:03d}/micrograph_{k % 211:05d}.mrc\n")
        out.write("\n")


class StarReader:
    """Reads the blocks of one STAR file line by line."""

    def __init__(self, path):
        self.path = str(path)
        self.number = 0

    def line(self):
        self.number += 1
        return linecache.getline(self.path, self.number)

    def blocks(self, handle):
        block = self.block()
        while block is not None:
            name, rows = block
            handle(name, rows)
            block = self.block()

    def block(self):
        text = self.line()
        while text and not text.startswith("data_"):
            text = self.line()
        return (text.strip()[5:], self.rows()) if text else None

    def rows(self):
        names, loop = [], False
        while True:
            text = self.line().strip()
            if not text:
                if names:
                    return
                continue
            if text == "loop_":
                loop = True
            elif text.startswith("_"):
                key, value = text.split()
                names.append(key)
                if not loop:
                    yield {key: value}
            else:
                yield dict(zip(names, text.split()))


class RunSummary:
    def __init__(self):
        self.particles = 0
        self.classes = [0] * 6
        self.defocus = 0.0
        self.pixel_sizes = []

    def add(self, name, rows):
        for row in rows:
            if name == "optics":
                if "_rlnImagePixelSize" in row:
                    self.pixel_sizes.append(float(row["_rlnImagePixelSize"]))
                continue
            self.particles += 1
            self.classes[int(row["_rlnClassNumber"])] += 1
            self.defocus += float(row["_rlnDefocusU"])


def main():
    summary = RunSummary()
    with tempfile.TemporaryDirectory() as tmp:
        for number in range(N_FILES):
            write_star(os.path.join(tmp, f"run_{number:02d}.star"), number)
        for name in sorted(os.listdir(tmp)):
            StarReader(os.path.join(tmp, name)).blocks(summary.add)
    print("particles", summary.particles, "classes", summary.classes[1:])
    print("mean defocus %.2f" % (summary.defocus / summary.particles))
    print("pixel sizes %.2f to %.2f" % (min(summary.pixel_sizes), max(summary.pixel_sizes)))


if __name__ == "__main__":
    main()
