"""Monthly payroll run with an in-memory ring of recent log records for /debug/log."""
import logging
import random
import sys
from collections import deque
from datetime import date, timedelta

log = logging.getLogger("payroll")
FIRST = date(2024, 1, 1)


class RingHandler(logging.Handler):
    """Keeps the last records so that the admin page can show them."""

    def __init__(self, size):
        super().__init__()
        self.ring = deque(maxlen=size)

    def lines(self, count):
        return [self.format(r) if isinstance(r, logging.LogRecord) else r for r in list(self.ring)[-count:]]


class RecordRing(RingHandler):
    def emit(self, record):
        self.ring.append(record)


class LineRing(RingHandler):
    def emit(self, record):
        self.ring.append(self.format(record))


class Employee:
    __slots__ = ("number", "name", "rate", "team")

    def __init__(self, number, name, rate, team):
        self.number = number
        self.name = name
        self.rate = rate
        self.team = team


class Shift:
    __slots__ = ("day", "begin", "minutes", "site")

    def __init__(self, day, begin, minutes, site):
        self.day = day
        self.begin = begin
        self.minutes = minutes
        self.site = site


class Settlement:
    """All shifts of an employee for the year to date, with the resulting pay."""

    def __init__(self, employee, shifts):
        self.employee = employee
        self.shifts = shifts
        self.gross = 0.0
        self.bonus = 0.0

    def __str__(self):
        return f"#{self.employee.number} {self.employee.name} gross {self.gross:.2f}"

    def compute(self):
        for shift in self.shifts:
            pay = shift.minutes / 60 * self.employee.rate
            self.gross += pay
            if shift.day.weekday() >= 5 or shift.begin < 6 * 60:
                self.bonus += pay * 0.25


def read_timesheet(rng, employee):
    shifts = []
    for offset in range(270):
        day = FIRST + timedelta(days=offset)
        for _ in range(rng.choice((0, 1, 1, 2))):
            shifts.append(Shift(day, rng.randrange(300, 1200), rng.randrange(120, 540), f"S{rng.randrange(9999):04d}"))
    return shifts


def withhold(gross):
    tax, rest = 0.0, gross
    for width, share in ((11_000, 0.0), (20_000, 0.21), (30_000, 0.33), (10**9, 0.42)):
        part = min(rest, width)
        tax += part * share
        rest -= part
    return tax


class PayrollRun:
    def __init__(self, staff, rng):
        self.staff = staff
        self.rng = rng
        self.net_by_team = {}

    def settle(self, employee):
        settlement = Settlement(employee, read_timesheet(self.rng, employee))
        settlement.compute()
        log.info("settled %s", settlement)
        return settlement

    def run(self):
        for employee in self.staff:
            s = self.settle(employee)
            total = s.gross + s.bonus
            net = total - withhold(total)
            if net < 0.6 * total:
                log.warning("high deduction for %s", employee.name)
            self.net_by_team[employee.team] = self.net_by_team.get(employee.team, 0.0) + net


def hire(rng, count):
    syllables = ("ka", "lo", "mi", "ren", "sto", "vel", "da", "pra", "uno", "tis")
    return [Employee(1000 + n, "".join(rng.choices(syllables, k=3)).title(), round(rng.uniform(14, 60), 2),
                     rng.choice(("north", "south", "depot", "office"))) for n in range(count)]


def setup_logging(arm):
    handler = RecordRing(3000) if arm == "bad" else LineRing(3000)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
    return handler


def main(arm):
    ring = setup_logging(arm)
    rng = random.Random(404)
    run = PayrollRun(hire(rng, 1800), rng)
    run.run()
    teams = {team: round(net, 2) for team, net in sorted(run.net_by_team.items())}
    print(teams, len(ring.ring), ring.lines(1))
    return ring, run


if __name__ == "__main__":
    STATE = main(sys.argv[1])
