import ipaddress

import numpy as np
from harness import case, run

FLOWS = 420_000


def sources():
    for i in range(FLOWS):
        yield i * 2654435761 % (1 << 32)


@case("tt 23 address objects")
class _:
    def bad():
        seen = set()
        for source in sources():
            seen.add(ipaddress.IPv4Address(source))
        first, last = ipaddress.IPv4Address("10.0.0.0"), ipaddress.IPv4Address("10.255.255.255")
        print(len(seen), sum(first <= address <= last for address in seen))
        return seen

    def good():
        seen = np.fromiter(sources(), dtype=np.uint32, count=FLOWS)
        seen.sort()
        limits = np.array([int(ipaddress.IPv4Address(a)) for a in ("10.0.0.0", "11.0.0.0")], dtype=np.uint32)
        first, last = seen.searchsorted(limits)
        print(1 + np.count_nonzero(seen[1:] != seen[:-1]), last - first)
        return seen


if __name__ == "__main__":
    kept = run()
