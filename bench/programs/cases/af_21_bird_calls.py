"""Listens to a field recording and reports at which seconds each of a few birds' frequency bands is active."""
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from harness import case, run

RATE = 16_000
WINDOW = 1024
HOP = 256
BANDS = {"owl": (300, 700), "cuckoo": (800, 1300), "blackbird": (1800, 3200), "goldcrest": (5500, 7500)}


def recording(seconds):
    """A recording with each of the birds calling now and then over some noise."""
    t = np.arange(seconds * RATE, dtype=np.float32) / RATE
    sound = np.zeros(t.size, dtype=np.float32)
    for k, (low, high) in enumerate(BANDS.values()):
        active = (np.floor(t / (2 + k)) % (k + 3) == 0).astype(np.float32)
        sound += active * np.sin(t * np.float32(np.pi * (low + high))).astype(np.float32) / (k + 2)
    noise = (np.arange(t.size, dtype=np.int64) * 7919 % 997).astype(np.float32) / 997 - 0.5
    return sound + 0.05 * noise


@dataclass
class Calls:
    bird: str
    seconds: list

    def __str__(self):
        return f"{self.bird:10} {len(self.seconds):3d} seconds, first {self.seconds[:6]}"


class Listener:
    def __init__(self):
        self.window = np.hanning(WINDOW)
        self.bins = np.fft.rfftfreq(WINDOW, 1 / RATE)

    def frames(self, sound):
        return sliding_window_view(sound, WINDOW)[::HOP]

    def energies(self, frames):
        """Energy of each band in each frame."""
        power = np.abs(np.fft.rfft(frames * self.window, axis=1)) ** 2
        out = np.empty((len(frames), len(BANDS)))
        for n, (low, high) in enumerate(BANDS.values()):
            out[:, n] = power[:, (self.bins >= low) & (self.bins < high)].sum(axis=1)
        return out

    def profile(self, sound):
        return self.energies(self.frames(sound))


class BlockListener(Listener):
    BLOCK = 256

    def profile(self, sound):
        frames = self.frames(sound)
        blocks = (frames[n:n + self.BLOCK] for n in range(0, len(frames), self.BLOCK))
        return np.concatenate([self.energies(block) for block in blocks])


def calls(profile, share=0.35):
    per_second = RATE / HOP
    for n, bird in enumerate(BANDS):
        loud = profile[:, n] > share * profile[:, n].max()
        second, times = np.unique((np.flatnonzero(loud) / per_second).astype(int), return_counts=True)
        yield Calls(bird, second[times > per_second / 2].tolist())


def morning(kind):
    total = np.zeros(len(BANDS))
    for part in (80, 110):
        profile = kind().profile(recording(part))
        print(f"part of {part} seconds, frames {len(profile)}")
        for found in calls(profile):
            print(found)
        total += profile.mean(axis=0)
    print("mean energy", [round(float(v), 3) for v in total])


@case("af 21 bird calls")
class _:
    def bad():
        return morning(Listener)

    def good():
        return morning(BlockListener)


if __name__ == "__main__":
    kept = run()
