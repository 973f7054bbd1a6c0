from collections import Counter
from dataclasses import dataclass

from pydantic import BaseModel, TypeAdapter

from harness import case, run

STATES = ("accepted", "sorted", "loaded", "delivered")


class ParcelEvent(BaseModel):
    parcel: int
    depot: int
    weight_g: int
    minute: int
    state: str
    damaged: bool = False


@dataclass(slots=True)
class ParcelRecord:
    parcel: int
    depot: int
    weight_g: int
    minute: int
    state: str
    damaged: bool = False


def feed(count):
    for n in range(count):
        state = STATES[n % 4]
        yield (
            f'{{"parcel": {n // 4 + 10_000_000}, "depot": {n * 37 % 90}, "weight_g": {n * 131 % 29_000},'
            f' "minute": {n % 1440}, "state": "{state}", "damaged": {"true" if n % 411 == 0 else "false"}}}'
        )


def load_events(lines):
    return [ParcelEvent.model_validate_json(line) for line in lines]


def load_records(lines):
    validate = TypeAdapter(ParcelRecord).validate_json
    return [validate(line) for line in lines]


class Depots:
    def __init__(self, events):
        self.events = sorted(events, key=lambda event: (event.depot, event.minute))

    def busiest(self):
        return Counter(event.depot for event in self.events).most_common(1)[0]

    def summary(self):
        damaged = sum(event.damaged for event in self.events)
        weight = sum(event.weight_g for event in self.events if event.state == "delivered")
        return f"{len(self.events)} events, {damaged} damaged, {weight} g delivered, {self.busiest()}"


@case("pp 14 parcel events")
class _:
    def bad():
        depots = Depots(load_events(feed(90_000)))
        print(depots.summary())
        return depots

    def good():
        depots = Depots(load_records(feed(90_000)))
        print(depots.summary())
        return depots


if __name__ == "__main__":
    kept = run()
