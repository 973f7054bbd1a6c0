import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('12 events everyone has read stay')
class _:
    def setup():
        import collections

    def bad():
        class Topic:
            def __init__(self):
                self.events = []
                self.offsets = {}

            def subscribe(self, reader):
                self.offsets[reader] = len(self.events)

            def publish(self, event):
                self.events.append(event)

            def poll(self, reader):
                news = self.events[self.offsets[reader]:]
                self.offsets[reader] = len(self.events)
                return news

        topic = Topic()
        topic.subscribe("billing")
        topic.subscribe("search")
        seen = 0
        for number in range(50_000):
            topic.publish(b"%08d" % number + b"order placed in shop 17, " * 60)
            if number % 100 == 99:
                seen += sum(map(len, topic.poll("billing")))
            if number % 250 == 249:
                seen += sum(map(len, topic.poll("search")))
        print(f"{seen} bytes of events delivered")
        return topic

    def good():
        class Topic:
            def __init__(self):
                self.events = []
                self.first = 0
                self.offsets = {}

            def subscribe(self, reader):
                self.offsets[reader] = self.first + len(self.events)

            def publish(self, event):
                self.events.append(event)

            def poll(self, reader):
                news = self.events[self.offsets[reader] - self.first:]
                self.offsets[reader] = self.first + len(self.events)
                read_by_all = min(self.offsets.values())
                del self.events[:read_by_all - self.first]
                self.first = read_by_all
                return news

        topic = Topic()
        topic.subscribe("billing")
        topic.subscribe("search")
        seen = 0
        for number in range(50_000):
            topic.publish(b"%08d" % number + b"order placed in shop 17, " * 60)
            if number % 100 == 99:
                seen += sum(map(len, topic.poll("billing")))
            if number % 250 == 249:
                seen += sum(map(len, topic.poll("search")))
        print(f"{seen} bytes of events delivered")
        return topic


if __name__ == "__main__":
    kept = run()
