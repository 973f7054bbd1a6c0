"""Looks at the pictures of a line camera for scratches, one job for each picture."""
import numpy as np

from harness import case, run

HEIGHT, WIDTH = 600, 1000


def grab(number):
    """The next picture off the camera."""
    rng = np.random.default_rng(number)
    picture = rng.random((HEIGHT, WIDTH), dtype=np.float32)
    if number % 4 == 0:
        picture[number % HEIGHT, 100:500] = 2.0
    return picture


class Inspection:
    STAGES = ("level", "contrast", "find")

    def __init__(self, picture):
        self.picture = picture
        self.rows = []
        self.stages = [self.level, self.contrast, self.find]

    def level(self):
        self.picture -= self.picture.mean()

    def contrast(self):
        np.clip(self.picture, 0.0, None, out=self.picture)

    def find(self):
        bright = (self.picture > 1.2).sum(axis=1)
        self.rows = np.flatnonzero(bright > 300).tolist()

    def run(self):
        for stage in self.stages:
            stage()
        return self.rows


class NamedInspection(Inspection):
    def __init__(self, picture):
        self.picture = picture
        self.rows = []

    def run(self):
        for name in self.STAGES:
            getattr(self, name)()
        return self.rows


class Line:
    def __init__(self, job_class):
        self.job_class = job_class
        self.scratched = []

    def inspect(self, count):
        for number in range(count):
            rows = self.job_class(grab(number)).run()
            if rows:
                self.scratched.append((number, rows[0]))

    def __str__(self):
        return f"{len(self.scratched)} scratched, last {self.scratched[-1]}"


def shift(job_class):
    line = Line(job_class)
    line.inspect(260)
    print(line)
    return line


@case("ac 24 camera inspection")
class _:
    def bad():
        return shift(Inspection)

    def good():
        return shift(NamedInspection)


if __name__ == "__main__":
    kept = run()
