from array import array
from collections import deque

from harness import case, run

DEVICES = 90_000
KEEP = 3


class DeviceHistory:
    """The last few temperatures (tenths of a degree) of each device."""

    def __init__(self, devices):
        self.recent = [deque(maxlen=KEEP) for _ in range(devices)]

    def add(self, device, tenths):
        self.recent[device].append(tenths)

    def total(self, device):
        return sum(self.recent[device])


class RingDeviceHistory:
    def __init__(self, devices):
        self.values = array("h", [0]) * (KEEP * devices)
        self.position = bytearray(devices)

    def add(self, device, tenths):
        slot = self.position[device]
        self.values[device * KEEP + slot] = tenths
        self.position[device] = (slot + 1) % KEEP

    def total(self, device):
        return sum(self.values[device * KEEP + slot] for slot in range(KEEP))


def report_round(history, number):
    for device in range(DEVICES):
        history.add(device, 200 + (device * 7 + number * 13) % 90)


def warm_devices(history):
    return sum(1 for device in range(DEVICES) if history.total(device) > 800)


def monitor(history):
    for number in range(60):
        report_round(history, number)
    print("devices", DEVICES, "warm", warm_devices(history))
    return history


@case("oo 08 device history")
class _:
    def bad():
        return monitor(DeviceHistory(DEVICES))

    def good():
        return monitor(RingDeviceHistory(DEVICES))


if __name__ == "__main__":
    kept = run()
