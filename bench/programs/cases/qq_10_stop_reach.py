from array import array

import networkx as nx

from harness import case, run

LINES = 46
STOPS = 26


def tram_network():
    """Lines of stops, each line crossing a few of the others."""
    network = nx.Graph()
    for line in range(LINES):
        nx.add_path(network, range(line * STOPS, (line + 1) * STOPS))
        for crossing in (1, 7, 19):
            other = (line + crossing) % LINES
            network.add_edge(line * STOPS + crossing, other * STOPS + (crossing * 5 + line) % STOPS)
    return network


class ReachStudy:
    """How many stops can be had within some hops of each stop, and how far the farthest is."""

    within = 12

    def __init__(self, network):
        self.network = network
        self.reach = array("H", bytes(2 * len(network)))
        self.farthest = array("H", bytes(2 * len(network)))

    def hops(self):
        return dict(nx.all_pairs_shortest_path_length(self.network)).items()

    def measure(self):
        for stop, hops in self.hops():
            self.reach[stop] = sum(count <= self.within for count in hops.values())
            self.farthest[stop] = max(hops.values())

    def show(self):
        best = max(range(len(self.reach)), key=self.reach.__getitem__)
        print(len(self.reach), "stops, best", best, self.reach[best], "radius", min(self.farthest))


class OnePassReachStudy(ReachStudy):
    def hops(self):
        return nx.all_pairs_shortest_path_length(self.network)


def study(kind):
    reach = kind(tram_network())
    reach.measure()
    reach.show()
    return reach


@case("qq 10 stop reach")
class _:
    def bad():
        return study(ReachStudy)

    def good():
        return study(OnePassReachStudy)


if __name__ == "__main__":
    kept = run()
