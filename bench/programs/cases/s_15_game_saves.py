"""Game world with autosaves: the last saves are kept so that a player can go back."""
import copy
import random
import sys
from collections import deque
import numpy as np

SIDE = 1000


class Terrain:
    """Height and soil of the island, made once from the seed and only read afterwards."""

    def __init__(self, seed):
        rng = np.random.default_rng(seed)
        self.height = np.zeros((SIDE, SIDE), np.float32)
        axis = np.arange(SIDE, dtype=np.float32)
        for a, b in rng.uniform(0.002, 0.05, (8, 2)).astype(np.float32):
            self.height += np.outer(np.sin(a * axis), np.cos(b * axis))
        self.soil = rng.integers(0, 12, (SIDE, SIDE), dtype=np.uint8)

    def cost(self, x, y):
        return 1.0 + abs(float(self.height[y, x])) + 0.1 * int(self.soil[y, x])


class Unit:
    def __init__(self, name, x, y, food):
        self.name = name
        self.x = x
        self.y = y
        self.food = food
        self.bag = {}

    def step(self, world, rng):
        x = min(SIDE - 1, max(0, self.x + rng.randint(-3, 3)))
        y = min(SIDE - 1, max(0, self.y + rng.randint(-3, 3)))
        cost = world.terrain.cost(x, y)
        if self.food > cost:
            self.x, self.y = x, y
            self.food -= cost
        else:
            self.food += rng.uniform(5, 20)
            kind = rng.choice(("berry", "fish", "root", "egg"))
            self.bag[kind] = self.bag.get(kind, 0) + 1


class Region:
    """A province: its units and the ground they walk on."""

    def __init__(self, name, terrain, rng, count):
        self.name = name
        self.terrain = terrain
        self.units = [Unit("%s-%02d" % (name, i), rng.randrange(SIDE), rng.randrange(SIDE), rng.uniform(5, 60))
                      for i in range(count)]

    def turn(self, rng):
        for unit in self.units:
            unit.step(self, rng)

    def wealth(self):
        return sum(u.food for u in self.units) + sum(sum(u.bag.values()) for u in self.units)


class World:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.terrain = Terrain(seed)
        self.regions = [Region(name, self.terrain, self.rng, 12) for name in ("north", "coast", "hills", "marsh")]
        self.turn_number = 0

    def turn(self):
        self.turn_number += 1
        for region in self.regions:
            region.turn(self.rng)

    def wealth(self):
        return round(sum(region.wealth() for region in self.regions), 3)


class Saves:
    def __init__(self, arm, keep=20):
        self.freeze = self.freeze_bad if arm == "bad" else self.freeze_good
        self.saves = deque(maxlen=keep)

    def freeze_bad(self, world):
        return copy.deepcopy(world)

    def freeze_good(self, world):
        return copy.deepcopy(world, {id(world.terrain): world.terrain})

    def save(self, world):
        self.saves.append(self.freeze(world))

    def back(self, turns):
        """The newest save that is at least so many turns old, as a world to go on from."""
        newest = self.saves[-1].turn_number
        for saved in reversed(self.saves):
            if newest - saved.turn_number >= turns:
                return self.freeze(saved)
        return self.freeze(self.saves[0])


def main(arm):
    world, saves = World(16), Saves(arm)
    for turn in range(1, 601):
        world.turn()
        if turn % 20 == 0:
            saves.save(world)
        if turn == 400:
            world = saves.back(60)
    print("turn", world.turn_number, "saves", len(saves.saves), "wealth", world.wealth(),
          "oldest", saves.saves[0].turn_number, saves.saves[0].wealth())
    return world, saves


if __name__ == "__main__":
    STATE = main(sys.argv[1])
