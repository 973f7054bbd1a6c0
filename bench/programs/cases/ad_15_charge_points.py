"""Back end of car charging points: every connection logs with its own name and station."""
import logging
from collections import Counter

from harness import case, run

CONNECTIONS = 75_000
root = logging.getLogger("charging")
root.setLevel(logging.INFO)


class LevelCount(logging.Handler):
    """Counts what goes out by level, in place of the shipping handler."""

    def __init__(self):
        super().__init__()
        self.levels = Counter()
        self.characters = 0
        self.setFormatter(logging.Formatter("%(levelname)s %(station)s %(message)s"))

    def emit(self, record):
        self.levels[record.levelname] += 1
        self.characters += len(self.format(record))


class StationStamp(logging.Filter):
    def __init__(self, station):
        super().__init__()
        self.station = station

    def filter(self, record):
        record.station = self.station
        return True


class Connection:
    def __init__(self, number, log):
        self.number = number
        self.log = log

    def session(self):
        watt_hours = self.number * 13 % 42_000
        self.log.info("plugged in, connector %d", self.number % 2 + 1)
        if watt_hours < 500:
            self.log.warning("session broke off after %d Wh", watt_hours)
        return watt_hours


class Backend:
    def __init__(self):
        self.connections = self.delivered = 0

    def logger_for(self, number):
        log = logging.getLogger(f"charging.connection.{number}")
        log.addFilter(StationStamp(f"station-{number % 800}"))
        return log

    def accept(self, number):
        self.delivered += Connection(number, self.logger_for(number)).session()
        self.connections += 1


class AdapterBackend(Backend):
    log = logging.getLogger("charging.connection")

    def logger_for(self, number):
        return logging.LoggerAdapter(self.log, {"station": f"station-{number % 800}"})


def serve(backend):
    counter = LevelCount()
    root.addHandler(counter)
    for number in range(CONNECTIONS):
        backend.accept(number)
    print(f"{backend.connections} connections, {backend.delivered} Wh, {dict(counter.levels)}, "
          f"{counter.characters} characters")
    return backend


@case("ad 15 charge points")
class _:
    def bad():
        return serve(Backend())

    def good():
        return serve(AdapterBackend())


if __name__ == "__main__":
    kept = run()
