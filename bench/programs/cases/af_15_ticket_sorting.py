"""Sorts the tickets of a help desk into departments with a classifier trained on the tickets of last year."""
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer

from harness import case, run

TOPICS = {
    "billing": ["invoice", "refund", "payment", "charge", "tax", "receipt"],
    "network": ["router", "cable", "signal", "outage", "address", "speed"],
    "hardware": ["screen", "battery", "keyboard", "fan", "hinge", "charger"],
    "account": ["password", "login", "name", "mail", "locked", "delete"],
}
NAMES = list(TOPICS)


@dataclass
class Ticket:
    text: str
    department: str


def tickets(start, count):
    for i in range(start, start + count):
        topic = NAMES[(i * 5 + i // 7) % 4]
        words = TOPICS[topic]
        said = [words[(i + k) % 6] for k in range(2 + i % 3)]
        said.append(TOPICS[NAMES[i % 4]][i % 6])
        detail = [f"order{i * 17 % 3001}", f"model{i * 29 % 1999}", f"city{i * 11 % 997}", f"since{i % 300}"]
        yield Ticket(" ".join(said + detail), topic)


def table(matrix):
    """Rows of features, one for each ticket."""
    return matrix.toarray()


class Sorter:
    def __init__(self, prepare=None):
        self.steps = Pipeline([
            ("words", TfidfVectorizer(sublinear_tf=True, dtype=np.float64)),
            ("rows", FunctionTransformer(prepare, accept_sparse=True)),
            ("model", MultinomialNB(alpha=0.2)),
        ])

    def train(self, known):
        known = list(known)
        self.steps.fit([t.text for t in known], [t.department for t in known])
        return self

    def sort(self, incoming, batch=200):
        bunch = []
        for ticket in incoming:
            bunch.append(ticket)
            if len(bunch) == batch:
                yield from zip(bunch, self.steps.predict([t.text for t in bunch]))
                bunch = []
        if bunch:
            yield from zip(bunch, self.steps.predict([t.text for t in bunch]))

    def vocabulary(self):
        return len(self.steps["words"].vocabulary_)


def help_desk(prepare):
    sorter = Sorter(prepare).train(tickets(0, 3600))
    print("vocabulary", sorter.vocabulary())
    load = dict.fromkeys(NAMES, 0)
    right = 0
    for ticket, department in sorter.sort(tickets(50_000, 3000)):
        load[str(department)] += 1
        right += ticket.department == department
    print(load)
    print("right", right)
    return sorter


@case("af 15 ticket sorting")
class _:
    def bad():
        return help_desk(table)

    def good():
        return help_desk(None)


if __name__ == "__main__":
    kept = run()
