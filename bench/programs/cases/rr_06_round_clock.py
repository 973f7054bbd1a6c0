import random
from weakref import WeakMethod

from harness import case, run


class RoundClock:
    """Tells everyone at the tables when a round ends, as long as they are there."""

    def __init__(self):
        self.listeners = []
        self.rounds = 0

    def listen(self, method):
        self.listeners.append(WeakMethod(method))

    def ring(self):
        self.rounds += 1
        for listener in tuple(self.listeners):
            method = listener()
            if method is not None:
                method(self.rounds)


class SweptRoundClock(RoundClock):
    def __init__(self):
        super().__init__()
        self.listeners = set()

    def listen(self, method):
        self.listeners.add(WeakMethod(method, self.listeners.discard))


class Player:
    __slots__ = ("stake", "played", "__weakref__")

    def __init__(self, clock, stake):
        self.stake = stake
        self.played = 0
        clock.listen(self.on_round)

    def on_round(self, number):
        self.played += 1
        self.stake -= number % 3


class Hall:
    def __init__(self, clock, seats=40):
        self.clock = clock
        self.seats = [None] * seats
        self.guests = 0
        self.played = 0

    def sit_down(self, seat, stake):
        former = self.seats[seat]
        if former is not None:
            self.played += former.played
        self.seats[seat] = Player(self.clock, stake)
        self.guests += 1


def evening(clock, guests=72_000):
    rng = random.Random(606)
    hall = Hall(clock)
    for number in range(guests):
        hall.sit_down(rng.randrange(len(hall.seats)), rng.randrange(10, 90))
        if number % 4_000 == 3_999:
            clock.ring()
    print("guests", hall.guests, "rounds", clock.rounds, "played", hall.played)
    return hall


@case("rr 06 round clock")
class _:
    def bad():
        return evening(RoundClock())

    def good():
        return evening(SweptRoundClock())


if __name__ == "__main__":
    kept = run()
