import random

from harness import case, run

WORDS = ("printer offline invoice refund password reset billing account shipping late "
         "broken screen cable update driver install crash network router cloud").split()
SMILEYS = ["\U0001F600", "\U0001F62D", "\U0001F64F", "\U0001F44D"]
TICKETS = 3200
PARAGRAPHS = 10


def incoming_tickets():
    rnd = random.Random(3)
    paragraphs = [" ".join(rnd.choices(WORDS, k=110)) for _ in range(60)]
    for number in range(TICKETS):
        body = "\n\n".join(rnd.choices(paragraphs, k=PARAGRAPHS))
        yield number, f"Ticket {number}: {body}\nThanks {rnd.choice(SMILEYS)}"


class TicketIndex:
    """Full text of the open tickets, scanned on every query of the support desk."""

    def __init__(self):
        self.bodies = {}

    def add(self, number, body):
        self.bodies[number] = body

    def count(self, phrase):
        return sum(phrase in body for body in self.bodies.values())

    def headline(self, number):
        return self.bodies[number].split("\n", 1)[0][:40]


class TicketStore:
    def __init__(self):
        self.bodies = {}

    def add(self, number, body):
        self.bodies[number] = body.encode("utf-8")

    def count(self, phrase):
        needle = phrase.encode("utf-8")
        return sum(needle in body for body in self.bodies.values())

    def headline(self, number):
        return self.bodies[number].split(b"\n", 1)[0].decode("utf-8")[:40]


def serve(index):
    for number, body in incoming_tickets():
        index.add(number, body)
    for phrase in ("password reset", "late broken", "driver crash", SMILEYS[2]):
        print(phrase.encode("ascii", "backslashreplace").decode(), index.count(phrase))
    print(index.headline(77))
    return index


@case("uu 03 ticket corpus")
class _:
    def bad():
        return serve(TicketIndex())

    def good():
        return serve(TicketStore())


if __name__ == "__main__":
    kept = run()
