from array import array
from datetime import datetime

from harness import case, run

HITS = 420_000
OFFSETS = ("+05:30", "-04:00", "+02:00", "+09:00")


def log_stamps():
    for number in range(HITS):
        second = number // 5
        day, rest = divmod(second, 86_400)
        yield (f"2025-03-{day + 1:02d}T{rest // 3600:02d}:{rest // 60 % 60:02d}:{rest % 60:02d}"
               f"{OFFSETS[number % len(OFFSETS)]}")


class AccessTimes:
    """When the site was visited, in the visitor's own time."""

    def __init__(self):
        self.times = []

    def record(self, stamp):
        self.times.append(datetime.fromisoformat(stamp))

    def by_local_hour(self):
        hours = [0] * 24
        for moment in self.times:
            hours[moment.hour] += 1
        return hours

    def span(self):
        return int((max(self.times) - min(self.times)).total_seconds())


class AccessColumns:
    def __init__(self):
        self.epoch = array("q")
        self.offset = array("h")

    def record(self, stamp):
        moment = datetime.fromisoformat(stamp)
        self.epoch.append(int(moment.timestamp()))
        self.offset.append(int(moment.utcoffset().total_seconds()) // 60)

    def by_local_hour(self):
        hours = [0] * 24
        for epoch, offset in zip(self.epoch, self.offset):
            hours[(epoch + offset * 60) // 3600 % 24] += 1
        return hours

    def span(self):
        return max(self.epoch) - min(self.epoch)


def analyse(visits):
    for stamp in log_stamps():
        visits.record(stamp)
    hours = visits.by_local_hour()
    print("busiest hour", hours.index(max(hours)), max(hours))
    print("span", visits.span())
    return visits


@case("uu 12 access log")
class _:
    def bad():
        return analyse(AccessTimes())

    def good():
        return analyse(AccessColumns())


if __name__ == "__main__":
    kept = run()
