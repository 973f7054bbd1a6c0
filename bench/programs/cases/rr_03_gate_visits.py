import random
import zlib

from harness import case, run

WIDTH, HEIGHT = 160, 120


class Camera:
    """Gives the pictures that the gate's camera takes while somebody passes."""

    def __init__(self, seed):
        self.rng = random.Random(seed)

    def shots(self, count):
        for _ in range(count):
            yield self.rng.randbytes(WIDTH * HEIGHT)


class Visit:
    """One passage through the gate, from the first picture to the last."""

    def __init__(self, gate, pictures=[]):
        self.gate = gate
        self.pictures = pictures
        self.brightest = 0

    def show(self, picture):
        self.pictures.append(picture)
        self.brightest = max(self.brightest, sum(picture[:64]))

    def badge(self):
        return zlib.crc32(self.pictures[-1])


class OwnVisit(Visit):
    def __init__(self, gate, pictures=None):
        super().__init__(gate, [] if pictures is None else pictures)


class Gatehouse:
    def __init__(self, visit_type):
        self.visit_type = visit_type
        self.passed = {}
        self.checksum = 0
        self.brightest = 0

    def admit(self, gate, camera):
        visit = self.visit_type(gate)
        for picture in camera.shots(6):
            visit.show(picture)
        self.passed[gate] = self.passed.get(gate, 0) + 1
        self.checksum ^= visit.badge()
        self.brightest = max(self.brightest, visit.brightest)


def morning(visit_type, visits=600):
    gatehouse = Gatehouse(visit_type)
    camera = Camera(seed=303)
    for number in range(visits):
        gatehouse.admit("NESW"[number % 4], camera)
    print(gatehouse.passed, gatehouse.checksum, gatehouse.brightest)
    return gatehouse


@case("rr 03 gate visits")
class _:
    def bad():
        return morning(Visit)

    def good():
        return morning(OwnVisit)


if __name__ == "__main__":
    kept = run()
