"""Audio analysis: spectral centroid and roll-off of a recording's overlapping frames, then its segments."""
import os
import sys
import tempfile
import wave
os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

DIR = os.path.join(tempfile.gettempdir(), "memory-cases")
RECORDING = os.path.join(DIR, "tt-field-recording.wav")
RATE, SECONDS = 22_050, 30
FRAME, HOP = 2048, 256


def write_recording():
    rng = np.random.default_rng(21)
    time = np.arange(RATE * SECONDS) / RATE
    sound = 0.05 * rng.standard_normal(time.size)
    for at in np.sort(rng.uniform(0, SECONDS, 45)):
        pitch, length = rng.uniform(200, 5000), rng.uniform(0.2, 2.5)
        sound += np.where(time > at, np.exp(-(time - at) / length), 0) * np.sin(6.2832 * pitch * time) * 0.2
    samples = (np.clip(sound, -1, 1) * 32000).astype("<i2")
    with wave.open(RECORDING + ".part", "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())
    os.rename(RECORDING + ".part", RECORDING)


def prepare():
    os.makedirs(DIR, exist_ok=True)
    pid = os.fork()
    if pid == 0:
        if not os.path.exists(RECORDING):
            write_recording()
        os._exit(0)
    os.waitpid(pid, 0)


def load(path):
    with wave.open(path, "rb") as source:
        return np.frombuffer(source.readframes(source.getnframes()), dtype="<i2")


class Framer:
    """Windowed frames of the samples."""

    def __init__(self):
        self.window = np.hanning(FRAME)

    def frames(self, samples):
        return sliding_window_view(samples, FRAME)[::HOP]

    def batches_bad(self, samples):
        yield self.frames(samples) * self.window

    def batches_good(self, samples):
        frames = self.frames(samples)
        for at in range(0, len(frames), 32):
            yield frames[at:at + 32] * self.window


class Spectral:
    """Numbers per frame from the power spectrum."""

    def __init__(self):
        self.frequencies = np.fft.rfftfreq(FRAME, 1.0 / RATE)

    def describe(self, frames):
        power = np.abs(np.fft.rfft(frames, axis=1)) + 1e-9
        total = power.sum(axis=1)
        centroid = (power @ self.frequencies) / total
        np.cumsum(power, axis=1, out=power)
        rolloff = self.frequencies[(power < 0.85 * total[:, None]).sum(axis=1)]
        return centroid, rolloff


class Analyser:
    def __init__(self, arm):
        self.framer = Framer()
        self.batches = self.framer.batches_bad if arm == "bad" else self.framer.batches_good
        self.spectral = Spectral()

    def features(self, samples):
        centroids, rolloffs = [], []
        for batch in self.batches(samples):
            centroid, rolloff = self.spectral.describe(batch)
            centroids.append(centroid)
            rolloffs.append(rolloff)
        return np.concatenate(centroids), np.concatenate(rolloffs)

    def segments(self, centroid):
        jumps = np.abs(np.diff(centroid))
        edges = np.flatnonzero(jumps > jumps.mean() + 3 * jumps.std())
        return [int(edge) for at, edge in enumerate(edges) if at == 0 or edge - edges[at - 1] > 8]


def main(arm):
    prepare()
    analyser = Analyser(arm)
    centroid, rolloff = analyser.features(load(RECORDING))
    segments = analyser.segments(centroid)
    print("frames", len(centroid), "centroid %.2f" % centroid.mean(), "rolloff %.1f" % rolloff.mean(),
          "segments", len(segments))
    return centroid, rolloff, segments


if __name__ == "__main__":
    STATE = main(sys.argv[1])
