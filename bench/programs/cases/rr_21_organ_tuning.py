import struct
import wave
from array import array

from harness import case, fixture, run

RATE = 48_000


def build(path):
    with wave.open(path, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        for pipe in range(40):
            period = 40 + pipe * 7
            cycle = array("h", (4_000 + pipe * 300 if tick < period // 2 else -4_000 - pipe * 300 for tick in range(period)))
            out.writeframes((cycle * (RATE // period)).tobytes())


class TuningSheet:
    """The pitch and the level of an organ, from a recording of its pipes."""

    def __init__(self, path):
        with wave.open(path) as recording:
            self.rate = recording.getframerate()
            self.samples = self.decode(recording.readframes(recording.getnframes()))

    def decode(self, frames):
        return struct.unpack(f"<{len(frames) // 2}h", frames)

    def seconds(self):
        return len(self.samples) / self.rate

    def loudest(self):
        return max(self.samples)

    def crossings(self, start, end):
        span = self.samples[start:end]
        return sum(before < 0 <= after for before, after in zip(span, span[1:]))


class PackedTuningSheet(TuningSheet):
    def decode(self, frames):
        return array("h", frames)


def tune(kind, path):
    sheet = kind(path)
    second = sheet.rate
    pitches = [sheet.crossings(place * second, (place + 1) * second) for place in (0, 10, 20, 30)]
    print(round(sheet.seconds(), 1), "s, loudest", sheet.loudest(), "pitches", pitches)
    return sheet


@case("rr 21 organ tuning")
class _:
    def setup():
        _.path = fixture("rr_organ.wav", build)

    def bad():
        return tune(TuningSheet, _.path)

    def good():
        return tune(PackedTuningSheet, _.path)


if __name__ == "__main__":
    kept = run()
