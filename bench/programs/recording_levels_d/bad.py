"""Measure levels and silences of field recordings in WAV files."""
import math
import os
import struct
import tempfile
import wave
from array import array

import numpy as np

RATE = 16_000
SECONDS = {"dawn.wav": 95, "noon.wav": 40, "rain.wav": 60}
WINDOW = RATE // 2


def write_recording(path, seconds, seed):
    with wave.open(path, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(RATE)
        for second in range(seconds):
            loud = 9000 if (second + seed) % 9 else 12
            step = 2 * math.pi * (180 + 30 * (second % 7)) / RATE
            wav.writeframes(array("h", (int(loud * math.sin(step * k)) for k in range(RATE))).tobytes())


def read_samples(path):
    with wave.open(path, "rb") as wav:
        raw = wav.readframes(wav.getnframes())
        return samples_of(wav, raw)


def samples_of(wav, raw):
    count = len(raw) // wav.getsampwidth()
    return np.array(list(struct.unpack(f"<{count}h", raw)), dtype=np.int16)


def window_levels(samples):
    """Level of each half second in decibels below full scale."""
    usable = len(samples) // WINDOW * WINDOW
    levels = np.empty(usable // WINDOW)
    for k in range(len(levels)):
        part = samples[k * WINDOW:(k + 1) * WINDOW].astype(np.float32)
        levels[k] = np.sqrt(np.mean(part * part)) / 32768
    return 20 * np.log10(np.maximum(levels, 1e-6))


def silences(levels, limit=-60.0):
    """(start, length) of quiet stretches in windows."""
    quiet = np.concatenate([[False], levels < limit, [False]])
    edges = np.flatnonzero(quiet[1:] != quiet[:-1])
    return [(int(a), int(b - a)) for a, b in zip(edges[::2], edges[1::2])]


def describe(name, samples):
    levels = window_levels(samples)
    quiet = silences(levels)
    print(f"{name:9} {len(samples) / RATE:6.1f} s peak {int(np.abs(samples).max())} "
          f"level {levels.max():.2f} dB silences {len(quiet)} {quiet[:2]}")
    return len(samples)


def main():
    total = 0
    with tempfile.TemporaryDirectory() as tmp:
        for seed, (name, seconds) in enumerate(SECONDS.items()):
            write_recording(os.path.join(tmp, name), seconds, seed)
        for name in sorted(os.listdir(tmp)):
            samples = read_samples(os.path.join(tmp, name))
            total += describe(name, samples)
    print("samples", total)


if __name__ == "__main__":
    main()
