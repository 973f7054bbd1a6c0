import numpy as np
import pandas as pd

from harness import case, run


def read_trips(households):
    """One row a trip: household, person, tour and trip number lead to it."""
    rng = np.random.default_rng(17)
    persons = rng.integers(1, 4, households)
    household = np.repeat(np.arange(households), persons)
    person = np.concatenate([np.arange(n) for n in persons])
    tours = rng.integers(1, 4, len(household))
    household, person = np.repeat(household, tours), np.repeat(person, tours)
    tour = np.concatenate([np.arange(n) for n in tours])
    trips = rng.integers(2, 5, len(household))
    frame = pd.DataFrame({
        "household": np.repeat(household, trips) * 1000,
        "person": np.repeat(person, trips),
        "tour": np.repeat(tour, trips),
        "trip": np.concatenate([np.arange(n) for n in trips]),
        "origin": rng.integers(0, 900, trips.sum(), dtype=np.int16),
        "destination": rng.integers(0, 900, trips.sum(), dtype=np.int16),
    })
    return frame.set_index(["household", "person", "tour", "trip"])


def open_chains(trips):
    """Tours whose trips do not follow one another: where one ends the next begins."""
    broken = 0
    last = None
    for (household, person, tour, trip), origin in zip(trips.index.values, trips["origin"].to_numpy()):
        if trip and last is not None and origin % 2 != last % 2:
            broken += household // 1000 % 3 + 1
        last = origin
    return broken


def open_chains_by_level(trips):
    broken = 0
    last = None
    household_of = trips.index.get_level_values("household").to_numpy()
    trip_of = trips.index.get_level_values("trip").to_numpy()
    for household, trip, origin in zip(household_of, trip_of, trips["origin"].to_numpy()):
        if trip and last is not None and origin % 2 != last % 2:
            broken += household // 1000 % 3 + 1
        last = origin
    return broken


def per_tour(trips):
    return trips.groupby(level="tour")["destination"].agg(["count", "sum"])


def model_run(check):
    trips = read_trips(52000)
    broken = check(trips)
    print(len(trips), int(broken), per_tour(trips).to_numpy().tolist())
    return trips


@case("zz 24 trip table")
class _:
    def bad():
        return model_run(open_chains)

    def good():
        return model_run(open_chains_by_level)


if __name__ == "__main__":
    kept = run()
