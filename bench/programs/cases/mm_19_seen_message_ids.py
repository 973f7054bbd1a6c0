from harness import case, run

SPACE = 1 << 22


def message_ids():
    for i in range(1_500_000):
        yield (i % 1_200_000) * 2_654_435_761 % SPACE


class SeenIds:
    def __init__(self):
        self.ids = set()

    def check_and_add(self, ident):
        if ident in self.ids:
            return True
        self.ids.add(ident)
        return False


class SeenBits:
    def __init__(self):
        self.bits = bytearray(SPACE // 8)

    def check_and_add(self, ident):
        byte, bit = ident >> 3, 1 << (ident & 7)
        if self.bits[byte] & bit:
            return True
        self.bits[byte] |= bit
        return False


def deduplicate(seen):
    duplicates = sum(seen.check_and_add(ident) for ident in message_ids())
    print("duplicates", duplicates)
    return seen


@case("mm 19 seen message ids")
class _:
    def bad():
        return deduplicate(SeenIds())

    def good():
        return deduplicate(SeenBits())


if __name__ == "__main__":
    kept = run()
