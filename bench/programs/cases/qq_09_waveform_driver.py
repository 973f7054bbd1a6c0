import ctypes
from ctypes import CFUNCTYPE, POINTER, c_int, c_int16, c_size_t, c_void_p, cast

from harness import case, run

ON_BLOCK = CFUNCTYPE(c_int, c_void_p, c_size_t)


class Scope:
    """Stands for the vendor's library: hands out blocks of samples at an address."""

    def __init__(self, samples):
        self.memory = (c_int16 * samples)(*(n * 37 % 4001 - 2000 for n in range(samples)))
        self.base = ctypes.addressof(self.memory)

    def acquire(self, handler, blocks):
        for number in range(blocks):
            size = 200 + number * 7919 % 14_983
            offset = number * 131 % (len(self.memory) - size)
            handler(self.base + 2 * offset, size)


def samples_at(address, size):
    return cast(address, POINTER(c_int16 * size)).contents


def samples_from(address, size):
    return (c_int16 * size).from_address(address)


class Recorder:
    """Peak and power of each block."""

    def __init__(self, view):
        self.view = view
        self.blocks = 0
        self.peak = 0
        self.power = 0
        self.callback = ON_BLOCK(self.on_block)

    def on_block(self, address, size):
        block = self.view(address, size)
        head = block[:64]
        self.blocks += 1
        self.peak = max(self.peak, *head)
        self.power += sum(sample * sample for sample in head) // 64
        return 0


def measure(view):
    recorder = Recorder(view)
    Scope(16_000).acquire(recorder.callback, blocks=12_000)
    print(recorder.blocks, "blocks, peak", recorder.peak, "power", recorder.power)
    return recorder


@case("qq 09 waveform driver")
class _:
    def bad():
        return measure(samples_at)

    def good():
        return measure(samples_from)


if __name__ == "__main__":
    kept = run()
