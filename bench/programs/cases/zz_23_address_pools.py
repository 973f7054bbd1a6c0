import ipaddress

from harness import case, fixture, run

POOLS = ["10.%d.0.0/16" % number for number in range(8, 18)] + ["192.168.%d.0/24" % number for number in range(20)]


def build(path):
    with open(path, "w") as out:
        for number in range(110000):
            second = 8 + number % 13
            out.write(
                "lease 10.%d.%d.%d state %s\n"
                % (second, number // 7 % 256, 1 + number % 254, "active" if number % 3 else "free")
            )
        for number in range(4000):
            out.write("lease 192.168.%d.%d state active\n" % (number % 40, 1 + number % 254))


class Pool:
    def __init__(self, name, cidr):
        self.name = name
        self.network = ipaddress.ip_network(cidr)
        self.capacity = self.network.num_addresses - 2
        self.active = 0

    def holds(self, address):
        return address in self.network


class EntryPool(Pool):
    def __init__(self, name, cidr):
        super().__init__(name, cidr)
        self.entries = frozenset(self.network.hosts())

    def holds(self, address):
        return address in self.entries


class LeaseCheck:
    def __init__(self, pool_class, cidrs):
        self.pools = [pool_class("pool-%d" % number, cidr) for number, cidr in enumerate(cidrs)]
        self.stray = 0

    def read(self, path):
        with open(path) as lines:
            for line in lines:
                _, address, _, state = line.split()
                if state == "active":
                    self.count(ipaddress.ip_address(address))

    def count(self, address):
        for pool in self.pools:
            if pool.holds(address):
                pool.active += 1
                return
        self.stray += 1

    def report(self):
        used = [pool for pool in self.pools if pool.active]
        fullest = max(used, key=lambda pool: (pool.active / pool.capacity, pool.name))
        print(len(used), sum(pool.active for pool in used), fullest.name, fullest.active, self.stray)


def check(pool_class):
    leases = LeaseCheck(pool_class, POOLS)
    leases.read(fixture("zz_23_leases.txt", build))
    leases.report()
    return leases


@case("zz 23 address pools")
class _:
    def bad():
        return check(EntryPool)

    def good():
        return check(Pool)


if __name__ == "__main__":
    kept = run()
