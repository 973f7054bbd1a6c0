"""Keeps the transcripts of a support desk in memory, to search them and to show a passage."""
import random

from harness import case, fixture, run

WORDS = ("please could you check the order again because nothing has arrived at our "
         "warehouse and the invoice shows another amount than we agreed on thanks").split()
FACES = "\U0001F600 \U0001F44D \U0001F389 \U0001F64F".split()


def build_transcripts(path):
    rng = random.Random(10)
    with open(path, "w", encoding="utf-8") as out:
        for ticket in range(260):
            words = rng.choices(WORDS, k=16_000)
            words[rng.randrange(len(words))] = rng.choice(FACES)
            words[rng.randrange(len(words))] = f"ref{ticket:04d}"
            out.write(f"{ticket}\t{' '.join(words)}\n")


class Desk:
    def __init__(self):
        self.transcripts = {}

    def load(self, path):
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                ticket, text = line.rstrip("\n").split("\t", 1)
                self.transcripts[int(ticket)] = text

    def find(self, phrase):
        return [ticket for ticket, text in self.transcripts.items() if phrase in text]

    def passage(self, ticket, phrase, width=30):
        text = self.transcripts[ticket]
        at = text.index(phrase)
        return text[max(0, at - width):at + width]


class OctetDesk(Desk):
    def load(self, path):
        with open(path, "rb") as lines:
            for line in lines:
                ticket, text = line.rstrip(b"\n").split(b"\t", 1)
                self.transcripts[int(ticket)] = text

    def find(self, phrase):
        return super().find(phrase.encode())

    def passage(self, ticket, phrase, width=30):
        return super().passage(ticket, phrase.encode(), width).decode(errors="ignore")


def answer(desk):
    desk.load(fixture("xx_10_transcripts.tsv", build_transcripts))
    found = sum(len(desk.find(f"ref{ticket:04d}")) for ticket in range(0, 260, 20))
    smiles = sum(len(desk.find(face)) for face in FACES)
    print(f"{found} references, {smiles} smiles, {desk.passage(41, 'ref0041')!r}")
    return desk


@case("xx 10 support transcripts")
class _:
    def setup():
        fixture("xx_10_transcripts.tsv", build_transcripts)

    def bad():
        return answer(Desk())

    def good():
        return answer(OctetDesk())


if __name__ == "__main__":
    kept = run()
