import enum

from harness import case, run


class Status(enum.IntFlag):
    RUNNING = 0x0100_0000
    GRID_FAULT = 0x0200_0000
    OVERHEATED = 0x0400_0000
    DERATED = 0x0800_0000
    DOOR_OPEN = 0x1000_0000
    LOCAL_MODE = 0x2000_0000


STATUS_BITS = 0x3F00_0000
COUNTER_BITS = 0x00FF_FFFF


def status_words(count):
    """What the inverters send: status bits above, a frame counter below."""
    for frame in range(count):
        word = 0x0100_0000 | (frame & COUNTER_BITS)
        if frame % 50 == 0:
            word |= 0x0400_0000
        if frame % 77 == 0:
            word |= 0x0A00_0000
        yield word


class PlantMonitor:
    def __init__(self):
        self.frames = 0
        self.faults = 0
        self.hot = 0
        self.last = None

    def decode(self, word):
        return Status(word)

    def on_word(self, word):
        status = self.decode(word)
        self.frames += 1
        if Status.GRID_FAULT in status:
            self.faults += 1
        if Status.OVERHEATED in status:
            self.hot += 1
        self.last = word & COUNTER_BITS


class MaskingPlantMonitor(PlantMonitor):
    def decode(self, word):
        return Status(word & STATUS_BITS)


def watch(monitor):
    for day in range(4):
        for word in status_words(130_000):
            monitor.on_word(word)
    print("frames", monitor.frames, "faults", monitor.faults, "hot", monitor.hot, "last", monitor.last)
    return monitor


@case("oo 04 inverter status")
class _:
    def bad():
        return watch(PlantMonitor())

    def good():
        return watch(MaskingPlantMonitor())


if __name__ == "__main__":
    kept = run()
