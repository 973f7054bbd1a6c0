"""Parcel register: reads depot scan lines, keeps the last known state of each parcel, answers questions."""
from collections import Counter

from harness import case, run

FIELDS = ("number", "depot", "weight", "status", "attempts", "route", "price", "priority", "van")
DEPOTS = ["HAM", "BER", "MUC", "CGN", "FRA", "STR", "LEJ"]
STATES = ["announced", "received", "sorted", "loaded", "delivered", "returned"]


def scan_lines(count):
    for i in range(count):
        depot = DEPOTS[(i * 31) % len(DEPOTS)]
        state = STATES[(i * 17 + i // 9) % len(STATES)]
        yield f"{i};{depot};{(i * 37) % 9000 + 120};{state};{i % 4};{(i * 7) % 190};{(i * 13) % 2400};{i % 3};{i % 41}"


class Tariff:
    """Behaviour common to everything that can be billed."""
    __slots__ = ()

    def charge(self):
        extra = 150 if self.priority == 0 else 0
        return self.price + extra + 35 * self.attempts

    def heavy(self):
        return self.weight > 7000


class Parcel(Tariff):
    def __init__(self, **state):
        self.__dict__.update(state)


class ParcelRow(Tariff):
    __slots__ = FIELDS

    def __init__(self, **state):
        for name, value in state.items():
            setattr(self, name, value)


class Register:
    def __init__(self, record):
        self.record = record
        self.parcels = {}
        self.states = {name: name for name in STATES}
        self.depots = {name: name for name in DEPOTS}

    def parse(self, line):
        number, depot, weight, status, attempts, route, price, priority, van = line.split(";")
        return {
            "number": int(number), "depot": self.depots[depot], "weight": int(weight),
            "status": self.states[status], "attempts": int(attempts), "route": int(route),
            "price": int(price), "priority": int(priority), "van": int(van),
        }

    def feed(self, lines):
        for line in lines:
            fields = self.parse(line)
            self.parcels[fields["number"]] = self.record(**fields)
        return self

    def by_depot(self):
        income = Counter()
        for parcel in self.parcels.values():
            income[parcel.depot] += parcel.charge()
        return sorted(income.items())

    def overdue(self):
        return sum(1 for p in self.parcels.values() if p.attempts > 2 and p.status != "delivered")

    def heavy_share(self):
        return sum(p.heavy() for p in self.parcels.values()) / len(self.parcels)


def day(record):
    register = Register(record).feed(scan_lines(230_000))
    for depot, income in register.by_depot():
        print(depot, income)
    print("overdue", register.overdue())
    print(f"heavy {register.heavy_share():.4f}")
    return register


@case("af 01 parcel register")
class _:
    def bad():
        return day(Parcel)

    def good():
        return day(ParcelRow)


if __name__ == "__main__":
    kept = run()
