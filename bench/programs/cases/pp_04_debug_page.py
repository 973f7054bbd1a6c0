import logging
import logging.handlers
from collections import deque

from harness import case, run

log = logging.getLogger("thermostat.hub")
log.setLevel(logging.INFO)
log.propagate = False

RECENT = 500


class RecentRecords(logging.Handler):
    def __init__(self, capacity):
        super().__init__()
        self.buffer = deque(maxlen=capacity)

    def emit(self, record):
        self.buffer.append(record)


class DebugPage:
    """The hub's /debug page: what it logged last."""

    def __init__(self, handler):
        self.handler = handler
        self.formatter = logging.Formatter("%(levelname)s %(message)s")
        log.addHandler(handler)

    def render(self, count=3):
        records = list(self.handler.buffer)[-count:]
        return "\n".join(self.formatter.format(record) for record in records)


def poll_devices(rounds):
    setpoint = {device: 18.0 + device % 5 for device in range(120)}
    for turn in range(rounds):
        for device, target in setpoint.items():
            measured = target + ((turn * 31 + device * 17) % 40 - 20) / 10
            valve = max(0, min(100, int((target - measured) * 40 + 50)))
            log.info("device %03d: %.1f of %.1f degrees, valve %d %%", device, measured, target, valve)
        if turn % 100 == 99:
            log.warning("round %d finished", turn)


@case("pp 04 debug page")
class _:
    def bad():
        page = DebugPage(logging.handlers.MemoryHandler(RECENT, flushLevel=logging.CRITICAL))
        poll_devices(600)
        print(page.render())
        return page

    def good():
        page = DebugPage(RecentRecords(RECENT))
        poll_devices(600)
        print(page.render())
        return page


if __name__ == "__main__":
    kept = run()
