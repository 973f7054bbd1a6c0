import random
import zlib

from harness import case, run

BLOCK = 1_600_000


class DamagedBlock(Exception):
    pass


class Drive:
    """Reads the blocks of a tape; some come back with a flipped byte."""

    def __init__(self, blocks, seed=808):
        self.blocks = blocks
        self.rng = random.Random(seed)

    def read(self, number):
        data = bytearray(self.rng.randbytes(64) * (BLOCK // 64))
        crc = zlib.crc32(data)
        if number % 3 == 0:
            data[number] ^= 0xFF
        return data, crc


class Recovery:
    def __init__(self, drive):
        self.drive = drive
        self.volume = 0
        self.lost = []

    def verified(self, number):
        data, crc = self.drive.read(number)
        if zlib.crc32(data) != crc:
            raise DamagedBlock(f"block {number}")
        return data

    def fetch(self, number, attempts=2):
        failure = None
        for _ in range(attempts):
            try:
                return self.verified(number)
            except DamagedBlock as error:
                failure = error
        raise failure

    def copy(self):
        for number in range(self.drive.blocks):
            try:
                self.volume += len(self.fetch(number))
            except DamagedBlock:
                self.lost.append(number)


class CleanRecovery(Recovery):
    def fetch(self, number, attempts=2):
        failure = None
        try:
            for _ in range(attempts):
                try:
                    return self.verified(number)
                except DamagedBlock as error:
                    failure = error
            raise failure
        finally:
            del failure


def recover(kind):
    recovery = kind(Drive(blocks=120))
    recovery.copy()
    print("volume", recovery.volume, "lost", len(recovery.lost))
    return recovery


@case("rr 08 tape recovery")
class _:
    def bad():
        return recover(Recovery)

    def good():
        return recover(CleanRecovery)


if __name__ == "__main__":
    kept = run()
