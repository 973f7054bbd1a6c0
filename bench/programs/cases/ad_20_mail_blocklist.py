"""Mail relay: looks senders up in the published list of blocked addresses."""
import bisect
from array import array
from ipaddress import IPv4Address

from harness import case, fixture, run

LISTED = 480_000
SENDERS = 30_000
STEP = 8_819


def publish_list(path):
    with open(path, "w") as out:
        out.write("# blocked senders, in ascending order\n")
        for n in range(LISTED):
            out.write(f"{IPv4Address(16_777_216 + n * STEP)}\n")


class ListFile:
    def __init__(self, path):
        self.path = path

    def addresses(self):
        with open(self.path) as lines:
            for line in lines:
                if not line.startswith("#"):
                    yield IPv4Address(line.strip())


class Blocklist:
    def __init__(self, source):
        self.blocked = set(source.addresses())

    def __len__(self):
        return len(self.blocked)

    def __contains__(self, address):
        return address in self.blocked


class PackedBlocklist(Blocklist):
    def __init__(self, source):
        self.blocked = array("I")
        for address in source.addresses():
            self.blocked.append(int(address))

    def __contains__(self, address):
        place = bisect.bisect_left(self.blocked, int(address))
        return place < len(self.blocked) and self.blocked[place] == int(address)


class Relay:
    def __init__(self, blocklist):
        self.blocklist = blocklist
        self.passed = 0
        self.rejected = 0

    def connect(self, address):
        if address in self.blocklist:
            self.rejected += 1
        else:
            self.passed += 1


def relay_mail(blocklist_type):
    relay = Relay(blocklist_type(ListFile(fixture("ad_20_blocked.txt", publish_list))))
    for n in range(SENDERS):
        relay.connect(IPv4Address(16_777_216 + n * 51_137 + n % 3 * (STEP - n * 51_137 % STEP)))
    print(f"{len(relay.blocklist)} blocked addresses, {relay.passed} mails passed, {relay.rejected} rejected")
    return relay


@case("ad 20 mail blocklist")
class _:
    def bad():
        return relay_mail(Blocklist)

    def good():
        return relay_mail(PackedBlocklist)


if __name__ == "__main__":
    kept = run()
