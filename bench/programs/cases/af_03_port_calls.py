"""Port calls: a list of arrivals and departures of ships with local times, and questions about the delays."""
from collections import namedtuple
from datetime import datetime, timedelta, timezone
from functools import partial

from harness import case, run

Call = namedtuple("Call", "ship berth planned actual")
BERTHS = [f"B{n:02d}" for n in range(24)]
OFFSETS = ["+02:00", "+05:30", "-03:00", "+09:00", "-07:00"]


def message(i):
    """One line of the harbour office's feed."""
    day, minute = 1 + i % 28, (i * 37) % 1440
    late = (i * 53) % 300
    offset = OFFSETS[i % len(OFFSETS)]
    arrive = f"2025-{1 + i % 12:02d}-{day:02d}T{minute // 60:02d}:{minute % 60:02d}:00{offset}"
    minute = min(1439, minute + late)
    real = f"2025-{1 + i % 12:02d}-{day:02d}T{minute // 60:02d}:{minute % 60:02d}:{i % 60:02d}{offset}"
    return f"{i % 700}|{i % 24}|{arrive}|{real}"


def feed(count):
    for i in range(count):
        yield message(i)


class Clock:
    """Turns the texts of the feed into moments."""

    def __init__(self):
        self.zones = {timezone.utc: timezone.utc}

    def moment(self, text):
        return datetime.fromisoformat(text)


class ZoneClock(Clock):
    def moment(self, text):
        when = datetime.fromisoformat(text)
        return when.replace(tzinfo=self.zones.setdefault(when.tzinfo, when.tzinfo))


def parse(clock, line):
    ship, berth, planned, actual = line.split("|")
    return Call(int(ship), BERTHS[int(berth)], clock.moment(planned), clock.moment(actual))


class Timetable:
    def __init__(self, calls):
        self.calls = list(calls)

    def delays(self):
        for call in self.calls:
            yield call, call.actual - call.planned

    def worst_berths(self, count):
        total = {}
        for call, delay in self.delays():
            total[call.berth] = total.get(call.berth, timedelta()) + delay
        return sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))[:count]

    def within(self, start, end):
        return sum(start <= call.actual < end for call in self.calls)

    def last(self):
        return max(self.calls, key=lambda call: (call.actual, call.ship))


def office(clock):
    table = Timetable(map(partial(parse, clock), feed(300_000)))
    for berth, delay in table.worst_berths(4):
        print(berth, delay)
    june = datetime(2025, 6, 1, tzinfo=timezone.utc)
    print("june", table.within(june, june + timedelta(days=30)))
    last = table.last()
    print("last", last.ship, last.berth, last.actual.isoformat())
    return table


@case("af 03 port calls")
class _:
    def bad():
        return office(Clock())

    def good():
        return office(ZoneClock())


if __name__ == "__main__":
    kept = run()
