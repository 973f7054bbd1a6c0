import gc
import ipaddress
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('17 every host of the network is listed')
class _:
    def bad():
        class AddressPool:
            def __init__(self, network):
                self.network = ipaddress.ip_network(network)
                self.leased = {self.network.network_address + n for n in range(1, 2000, 3)}

            def allocate(self, count):
                hosts = list(self.network.hosts())
                free = [address for address in hosts if address not in self.leased]
                chosen = free[:count]
                self.leased.update(chosen)
                return chosen

        pool = AddressPool('10.16.0.0/12')
        first = pool.allocate(50)
        then = pool.allocate(50)
        print(first[-1], then[-1], len(pool.leased))
        return pool

    def good():
        import itertools

        class AddressPool:
            def __init__(self, network):
                self.network = ipaddress.ip_network(network)
                self.leased = {self.network.network_address + n for n in range(1, 2000, 3)}

            def allocate(self, count):
                hosts = self.network.hosts()
                free = (address for address in hosts if address not in self.leased)
                chosen = list(itertools.islice(free, count))
                self.leased.update(chosen)
                return chosen

        pool = AddressPool('10.16.0.0/12')
        first = pool.allocate(50)
        then = pool.allocate(50)
        print(first[-1], then[-1], len(pool.leased))
        return pool


if __name__ == "__main__":
    kept = run()
