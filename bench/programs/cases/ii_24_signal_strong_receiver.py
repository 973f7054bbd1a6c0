import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


class Document:
    def __init__(self, number, changed, weak):
        import random
        self.text = random.Random(number).randbytes(300_000)
        self.theme = 'light'
        changed.connect(self.on_theme, weak=weak)

    def on_theme(self, sender, theme='dark'):
        self.theme = theme

    def words(self):
        return self.text.count(b' ')


def session(changed, weak):
    """Opens and closes 300 documents one after another."""
    words = 0
    for n in range(300):
        doc = Document(n, changed, weak)
        words += doc.words()
    return words


@case('24 listener never disconnected from a signal')
class _:
    def setup(): import blinker, random
    def bad():
        import blinker
        changed = blinker.Signal('theme-changed')
        return changed, session(changed, weak=False)
    def good():
        import blinker
        changed = blinker.Signal('theme-changed')
        return changed, session(changed, weak=True)


if __name__ == "__main__":
    kept = run()
