import logging
import random
import warnings

from harness import case, run

log = logging.getLogger("ingest")
UNITS = ["degC", "hPa", "m/s", "pct"]


class Tally(logging.Handler):
    def __init__(self):
        super().__init__()
        self.seen = 0

    def emit(self, record):
        self.seen += 1


def rows(n):
    rng = random.Random(5)
    for k in range(n):
        value = "n/a" if rng.random() < 0.8 else f"{rng.uniform(-20, 40):.2f}"
        yield {"station": f"ST{rng.randrange(400):04d}", "time": 1_700_000_000 + 10 * k,
               "value": value, "unit": UNITS[k % 4],
               "note": "calibration pending, see maintenance log of the field office " * 7}


def parse_warn(source, n, row):
    try:
        return float(row["value"])
    except ValueError:
        warnings.warn(f"{source}:{n}: no usable value in {row}", RuntimeWarning)


def parse_log(source, n, row):
    try:
        return float(row["value"])
    except ValueError:
        log.warning("%s:%d: no usable value in %s", source, n, row)


def ingest(parse):
    total, used = 0.0, 0
    for n, row in enumerate(rows(60_000), 1):
        value = parse("stations-2024-03.csv", n, row)
        if value is not None:
            total += value
            used += 1
    return total, used


@case("vv 03 reports on bad rows")
class _:
    def setup():
        logging.captureWarnings(True)
        for name in ("ingest", "py.warnings"):
            logging.getLogger(name).propagate = False

    def bad():
        tally = Tally()
        logging.getLogger("py.warnings").addHandler(tally)
        total, used = ingest(parse_warn)
        print("used", used, "mean", f"{total / used:.4f}", "reported", tally.seen)

    def good():
        tally = Tally()
        log.addHandler(tally)
        total, used = ingest(parse_log)
        print("used", used, "mean", f"{total / used:.4f}", "reported", tally.seen)


if __name__ == "__main__":
    kept = run()
