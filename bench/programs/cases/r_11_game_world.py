"""Game world: creatures roam, fight and die; systems talk over an event bus."""
import random
import sys
from functools import partial

import numpy as np


class EventBus:
    def __init__(self):
        self.handlers = {}

    def on(self, event, handler):
        self.handlers.setdefault(event, []).append(handler)

    def off(self, event, handler):
        handlers = self.handlers.get(event, [])
        if handler in handlers:
            handlers.remove(handler)

    def emit(self, event, *args):
        for handler in tuple(self.handlers.get(event, ())):
            handler(*args)


class Creature:
    def __init__(self, ident, kind, rng):
        self.ident = ident
        self.kind = kind
        self.alive = True
        self.health = rng.randint(20, 120)
        self.x, self.y = rng.randrange(64), rng.randrange(64)
        self.panic = 0
        noise = np.random.default_rng(rng.getrandbits(32))
        self.scent = noise.gamma(1.5, 2.0, (64, 64)).astype("float32")

    def hear(self, loudness, x, y):
        if self.alive and abs(self.x - x) + abs(self.y - y) < loudness:
            self.panic += 1
            self.scent[y % 64, x % 64] += loudness

    def wander(self, rng):
        self.x = (self.x + rng.choice((-1, 0, 1))) % 64
        self.y = (self.y + rng.choice((-1, 0, 1))) % 64
        self.health -= rng.randint(0, 6) + self.panic // 8
        self.scent[self.y, self.x] += 1.0


class Hearing:
    """Couples creatures to the noises on the bus; every kind hears differently well."""

    acuity = {"wolf": 14, "deer": 18, "boar": 9, "owl": 25}

    def __init__(self, bus):
        self.bus = bus
        self.ears = {}

    def listener(self, creature):
        return partial(creature.hear, self.acuity[creature.kind])

    def attach_bad(self, creature):
        self.bus.on("noise", self.listener(creature))

    def detach_bad(self, creature):
        self.bus.off("noise", self.listener(creature))

    def attach_good(self, creature):
        ear = self.ears[creature.ident] = self.listener(creature)
        self.bus.on("noise", ear)

    def detach_good(self, creature):
        self.bus.off("noise", self.ears.pop(creature.ident))


class World:
    def __init__(self, mode, seed):
        self.rng = random.Random(seed)
        self.bus = EventBus()
        hearing = Hearing(self.bus)
        if mode == "bad":
            self.attach, self.detach = hearing.attach_bad, hearing.detach_bad
        else:
            self.attach, self.detach = hearing.attach_good, hearing.detach_good
        self.creatures = {}
        self.born = 0
        self.panics = 0
        self.trails = 0.0

    def spawn(self):
        kind = self.rng.choice(list(Hearing.acuity))
        creature = Creature(self.born, kind, self.rng)
        self.born += 1
        self.creatures[creature.ident] = creature
        self.attach(creature)

    def bury(self, creature):
        creature.alive = False
        self.panics += creature.panic
        self.trails += float(creature.scent.max())
        self.detach(creature)
        del self.creatures[creature.ident]

    def tick(self):
        while len(self.creatures) < 120:
            self.spawn()
        for creature in list(self.creatures.values()):
            creature.wander(self.rng)
            if creature.health <= 0:
                self.bury(creature)
        for _ in range(2):
            self.bus.emit("noise", self.rng.randrange(64), self.rng.randrange(64))


WORLD = None


def main(mode):
    global WORLD
    WORLD = World(mode, 1111)
    for _ in range(1000):
        WORLD.tick()
    print("born %d, living %d, panics %d, trails %.1f" % (
        WORLD.born, len(WORLD.creatures), WORLD.panics, WORLD.trails))


if __name__ == "__main__":
    main(sys.argv[1])
