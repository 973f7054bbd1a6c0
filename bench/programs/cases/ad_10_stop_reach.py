"""Reachability of the stops in a tram network: how far, in hops, from everywhere."""
from dataclasses import dataclass

import networkx as nx

from harness import case, run

STOPS = 1_700


class TramNetwork:
    def __init__(self, stops, seed=4):
        self.graph = nx.connected_watts_strogatz_graph(stops, 4, 0.15, seed=seed)

    @property
    def stops(self):
        return self.graph.number_of_nodes()


@dataclass
class StopReach:
    stop: int
    farthest: int
    mean: float


class ReachSurvey:
    def __init__(self, network):
        self.network = network

    def hops(self):
        return dict(nx.all_pairs_shortest_path_length(self.network.graph)).items()

    def measure(self):
        others = self.network.stops - 1
        return [StopReach(stop, max(lengths.values()), sum(lengths.values()) / others)
                for stop, lengths in self.hops()]


class StreamedReachSurvey(ReachSurvey):
    def hops(self):
        return nx.all_pairs_shortest_path_length(self.network.graph)


class ReachReport:
    def __init__(self, reaches):
        self.reaches = sorted(reaches, key=lambda r: (r.mean, r.stop))

    def text(self):
        best, worst = self.reaches[0], self.reaches[-1]
        widest = max(r.farthest for r in self.reaches)
        return (f"{len(self.reaches)} stops, centre {best.stop} ({best.mean:.3f} hops), "
                f"edge {worst.stop} ({worst.mean:.3f} hops), widest {widest}")


def survey(kind):
    report = ReachReport(kind(TramNetwork(STOPS)).measure())
    print(report.text())
    return report


@case("ad 10 stop reach")
class _:
    def bad():
        return survey(ReachSurvey)

    def good():
        return survey(StreamedReachSurvey)


if __name__ == "__main__":
    kept = run()
