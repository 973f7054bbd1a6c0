import sqlite3
from heapq import nlargest
from operator import itemgetter

from harness import case, fixture, run

PROPOSALS = 320_000


def build(path):
    db = sqlite3.connect(path)
    db.execute("create table proposal (id integer primary key, team text, novelty real, reach real, cost integer)")
    db.executemany(
        "insert into proposal values (?, ?, ?, ?, ?)",
        ((n, f"team-{n * 31 % 9_973:05d}", n * 7919 % 1_000 / 100, n * 104_729 % 997 / 50, 5_000 + n * 13 % 80_000)
         for n in range(PROPOSALS)),
    )
    db.commit()
    db.close()


class Jury:
    """Ranks the proposals by the jury's own formula."""

    weights = (0.7, 0.3)

    def __init__(self, path):
        self.db = sqlite3.connect(path)

    def merit(self, novelty, reach, cost):
        return self.weights[0] * novelty + self.weights[1] * reach - cost / 40_000

    def scored(self):
        for number, team, novelty, reach, cost in self.db.execute(
                "select id, team, novelty, reach, cost from proposal order by id"):
            yield self.merit(novelty, reach, cost), number, team

    def shortlist(self, places):
        return sorted(self.scored(), key=itemgetter(0), reverse=True)[:places]


class FrugalJury(Jury):
    def shortlist(self, places):
        return nlargest(places, self.scored(), key=itemgetter(0))


def decide(kind, path):
    jury = kind(path)
    chosen = jury.shortlist(places=60)
    teams = {team for _, _, team in chosen}
    print(len(chosen), "proposals of", len(teams), "teams, last", round(chosen[-1][0], 4), chosen[-1][1])
    return chosen


@case("rr 24 grant ranking")
class _:
    def setup():
        _.path = fixture("rr_proposals.sqlite", build)

    def bad():
        return decide(Jury, _.path)

    def good():
        return decide(FrugalJury, _.path)


if __name__ == "__main__":
    kept = run()
