"""Network simulator: hosts send segments over lossy links, with retransmission timers."""
import heapq
import random
import sys
from collections import deque

RTO = 25.0
DURATION = 32.0
HOSTS = 40


class Timer:
    __slots__ = ("at", "seq", "action", "args", "cancelled")

    def __init__(self, at, seq, action, args):
        self.at, self.seq, self.action, self.args = at, seq, action, args
        self.cancelled = False

    def __lt__(self, other):
        return (self.at, self.seq) < (other.at, other.seq)


class Scheduler:
    def __init__(self, mode):
        self.now = 0.0
        self.heap = []
        self.seq = 0
        self.dead = 0
        self.fired = 0
        self.cancel = self._cancel_bad if mode == "bad" else self._cancel_good

    def call_in(self, delay, action, *args):
        self.seq += 1
        timer = Timer(self.now + delay, self.seq, action, args)
        heapq.heappush(self.heap, timer)
        return timer

    def _cancel_bad(self, timer):
        timer.cancelled = True

    def _cancel_good(self, timer):
        timer.cancelled = True
        timer.action, timer.args = None, ()
        self.dead += 1
        if self.dead > 2000 and self.dead > len(self.heap) // 2:
            self.heap = [t for t in self.heap if not t.cancelled]
            heapq.heapify(self.heap)
            self.dead = 0

    def run(self, until):
        while self.heap and self.heap[0].at <= until:
            timer = heapq.heappop(self.heap)
            if timer.cancelled:
                self.dead -= 1
                continue
            self.now = timer.at
            self.fired += 1
            timer.action(*timer.args)


class Link:
    def __init__(self, sched, rng, loss):
        self.sched, self.rng, self.loss = sched, rng, loss

    def carry(self, deliver, *args):
        if self.rng.random() >= self.loss:
            self.sched.call_in(0.02 + self.rng.expovariate(60), deliver, *args)


class Host:
    def __init__(self, name, sched, link, rng):
        self.name, self.sched, self.link, self.rng = name, sched, link, rng
        self.peer = None
        self.next_seq = 0
        self.pending = {}
        self.received = 0
        self.recent = deque(maxlen=16)
        self.resent = 0

    def start(self):
        self.sched.call_in(self.rng.random(), self.produce)

    def produce(self):
        self._transmit(self.next_seq, self.rng.randbytes(self.rng.randint(900, 1460)))
        self.next_seq += 1
        self.sched.call_in(self.rng.expovariate(55), self.produce)

    def _transmit(self, seq, payload):
        self.pending[seq] = self.sched.call_in(RTO, self.timeout, seq, payload)
        self.link.carry(self.peer.receive, self, seq, payload)

    def timeout(self, seq, payload):
        self.resent += 1
        self._transmit(seq, payload)

    def receive(self, sender, seq, payload):
        self.received += len(payload)
        self.recent.append(seq)
        self.link.carry(sender.acked, seq)

    def acked(self, seq):
        timer = self.pending.pop(seq, None)
        if timer is not None:
            self.sched.cancel(timer)


def build(mode):
    rng = random.Random(99)
    sched = Scheduler(mode)
    hosts = [Host(f"h{i}", sched, Link(sched, rng, 0.004), rng) for i in range(HOSTS)]
    for i, host in enumerate(hosts):
        host.peer = hosts[(i + 7) % HOSTS]
        host.start()
    return sched, hosts


def main(mode):
    sched, hosts = build(mode)
    step = 1.0
    while step <= DURATION:
        sched.run(step)
        step += 1.0
    print("events", sched.fired, "bytes", sum(h.received for h in hosts), "resent", sum(h.resent for h in hosts),
          "in flight", sum(len(h.pending) for h in hosts))
    return sched, hosts


if __name__ == "__main__":
    STATE = main(sys.argv[1] if len(sys.argv) > 1 else "bad")
