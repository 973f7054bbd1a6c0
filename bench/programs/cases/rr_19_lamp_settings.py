import random
from collections import ChainMap

from harness import case, run

SCENES = ("dawn", "day", "dusk", "night", "rain", "fog", "event", "alarm")
KNOBS = ("level", "ramp", "hold", "tint", "low", "high", "delay", "group", "retry", "boost", "dim", "report")

FACTORY = {f"{scene}.{knob}": place * 3 % 17
           for place, (scene, knob) in enumerate((scene, knob) for scene in SCENES for knob in KNOBS)}


class Lamp:
    """A street lamp as the city's control room sees it."""

    __slots__ = ("street", "settings")

    def __init__(self, street, changes):
        self.street = street
        self.settings = {**FACTORY, **changes}

    def level(self, scene):
        return self.settings[f"{scene}.level"]


class LayeredLamp(Lamp):
    __slots__ = ()

    def __init__(self, street, changes):
        self.street = street
        self.settings = ChainMap(changes, FACTORY)


class ControlRoom:
    def __init__(self, lamp_type):
        self.lamp_type = lamp_type
        self.lamps = []

    def install(self, street, changes):
        self.lamps.append(self.lamp_type(street, changes))

    def switch(self, scene):
        return sum(lamp.level(scene) for lamp in self.lamps)


def changes_made(rng):
    chosen = rng.sample(range(len(KNOBS)), rng.randrange(3))
    return {f"{rng.choice(SCENES)}.{KNOBS[place]}": rng.randrange(20) for place in chosen}


def light_up(lamp_type, count=12_000):
    rng = random.Random(1919)
    room = ControlRoom(lamp_type)
    for number in range(count):
        room.install(number % 640, changes_made(rng))
    print(len(room.lamps), "lamps", {scene: room.switch(scene) for scene in SCENES[:4]})
    return room


@case("rr 19 lamp settings")
class _:
    def bad():
        return light_up(Lamp)

    def good():
        return light_up(LayeredLamp)


if __name__ == "__main__":
    kept = run()
