"""Cuts a short prompt out of every recording for a keyword spotter."""
import numpy as np

from harness import case, run

RATE = 16_000


def decode(recording):
    """Half a minute of audio, as the decoder gives it."""
    rng = np.random.default_rng(recording)
    audio = rng.normal(0, 0.02, RATE * 30).astype(np.float32)
    start = RATE * (2 + recording % 20)
    audio[start:start + RATE // 2] += np.float32(0.5)
    return audio


def loudest(audio, length):
    energy = np.add.reduceat(np.abs(audio), np.arange(0, audio.size, RATE // 4))
    start = int(energy.argmax()) * (RATE // 4)
    return min(start, audio.size - length)


class PromptBank:
    def __init__(self, length=RATE // 2):
        self.length = length
        self.prompts = {}

    def cut(self, audio):
        start = loudest(audio, self.length)
        return audio[start:start + self.length]

    def add(self, recording):
        self.prompts[recording] = self.cut(decode(recording))

    def template(self):
        return np.mean(list(self.prompts.values()), axis=0)


class PromptStore(PromptBank):
    def cut(self, audio):
        return super().cut(audio).copy()


def collect(bank, recordings):
    for recording in range(recordings):
        bank.add(recording)
    template = bank.template()
    print(f"{len(bank.prompts)} prompts of {bank.length} samples, level {np.abs(template).mean():.4f}")
    return bank


@case("ab 21 voice prompts")
class _:
    def bad():
        return collect(PromptBank(), 110)

    def good():
        return collect(PromptStore(), 110)


if __name__ == "__main__":
    kept = run()
