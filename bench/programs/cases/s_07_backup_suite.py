"""Acceptance suite of a backup client: a fake remote is shared by the whole run, as a session fixture."""
import hashlib
import random
import sys
import zlib
from unittest import mock


class Uploader:
    """The code under test: splits a volume in parts, packs them and sends each with retries."""

    def __init__(self, remote, part_size=200_000):
        self.remote = remote
        self.part_size = part_size

    def backup(self, volume, data):
        sent = 0
        digest = hashlib.sha256()
        for number, at in enumerate(range(0, len(data), self.part_size)):
            packed = self._pack(data[at:at + self.part_size])
            digest.update(packed)
            self._send(volume, number, packed)
            sent += len(packed)
        self.remote.commit(volume, digest.hexdigest())
        return sent

    def _pack(self, chunk):
        return zlib.compress(chunk, 1)

    def _send(self, volume, number, packed):
        for _ in range(3):
            if self.remote.put(volume, number, packed)["status"] == 200:
                return
        raise IOError("part %d of %s refused" % (number, volume))


class Flaky:
    """Answers like the real store: some parts are refused once."""

    def __init__(self, seed):
        self.rng = random.Random(seed)

    def __call__(self, volume, number, packed):
        return {"status": 503 if self.rng.random() < 0.05 else 200}


class RemoteFixture:
    """Session scoped: it is slow to make in the real suite."""

    def __init__(self, arm):
        self.arm = arm
        self.client = mock.MagicMock(name="remote")
        self.client.put.side_effect = Flaky(3)
        self.client.commit.return_value = None

    def setup(self):
        return self.client

    def teardown_bad(self):
        self.client.commit.reset_mock()

    def teardown_good(self):
        self.client.reset_mock()

    def teardown(self):
        if self.arm == "bad":
            self.teardown_bad()
        else:
            self.teardown_good()


class Case:
    def __init__(self, name, seed, size):
        self.name = name
        self.seed = seed
        self.size = size

    def volume(self):
        rng = random.Random(self.seed)
        words = ["%x" % rng.getrandbits(24) for _ in range(200)]
        head = " ".join(rng.choice(words) for _ in range(2000)).encode()
        return head + rng.randbytes(self.size - len(head))

    def run(self, remote):
        sent = Uploader(remote).backup(self.name, self.volume())
        parts = {c.args[1] for c in remote.put.call_args_list if c.args[0] == self.name}
        assert parts == set(range(-(-self.size // 200_000))), "parts missing"
        remote.commit.assert_called_once()
        return sent


class Suite:
    def __init__(self, arm):
        self.remote = RemoteFixture(arm)
        self.passed, self.failed, self.sent = [], [], 0

    def run(self, cases):
        for case in cases:
            client = self.remote.setup()
            try:
                self.sent += case.run(client)
                self.passed.append(case.name)
            except (AssertionError, IOError) as problem:
                self.failed.append((case.name, str(problem)))
            finally:
                self.remote.teardown()


def main(arm):
    rng = random.Random(41)
    cases = [Case("volume-%02d" % n, n, rng.randrange(500_000, 1_400_000)) for n in range(90)]
    suite = Suite(arm)
    suite.run(cases)
    print("passed", len(suite.passed), "failed", len(suite.failed), "sent", suite.sent)
    return suite


if __name__ == "__main__":
    STATE = main(sys.argv[1])
