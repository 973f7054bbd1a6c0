import json
from array import array

from harness import case, run

VEHICLES = 40_000
KEEP = ("vin", "lat", "lon", "speed", "odometer")
SENSORS = [f"sensor_{n:02d}" for n in range(41)]
BLANK = {name: 0 for name in SENSORS}


def messages():
    for number in range(VEHICLES):
        yield json.dumps({
            "vin": f"WVW{number:014d}",
            "lat": 48.0 + number % 977 / 1000,
            "lon": 9.0 + number % 613 / 1000,
            "speed": float(number % 130),
            "odometer": number * 3.5,
            **BLANK,
        })


class FleetState:
    """Last known position of every vehicle."""

    def __init__(self):
        self.latest = {}

    def on_message(self, text):
        message = json.loads(text)
        for name in SENSORS:
            message.pop(name, None)
        self.latest[message["vin"]] = message

    def summary(self):
        moving = sum(m["speed"] > 0 for m in self.latest.values())
        return len(self.latest), moving, max(m["odometer"] for m in self.latest.values())


class FleetTable:
    fields = len(KEEP) - 1

    def __init__(self):
        self.row_of = {}
        self.values = array("d")

    def on_message(self, text):
        message = json.loads(text)
        found = array("d", [message[name] for name in KEEP[1:]])
        row = self.row_of.setdefault(message["vin"], len(self.row_of))
        self.values[row * self.fields:(row + 1) * self.fields] = found

    def summary(self):
        values = memoryview(self.values)
        moving = sum(speed > 0 for speed in values[2::self.fields])
        return len(self.row_of), moving, max(values[3::self.fields])


def track(state):
    for text in messages():
        state.on_message(text)
    vehicles, moving, longest = state.summary()
    print(vehicles, moving, longest)
    return state


@case("uu 09 fleet state")
class _:
    def bad():
        return track(FleetState())

    def good():
        return track(FleetTable())


if __name__ == "__main__":
    kept = run()
