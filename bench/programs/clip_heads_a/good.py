"""Finds near-duplicate recordings by comparing their opening samples."""
import os
import tempfile
import wave

import numpy as np

RATE = 22050
HEAD = 2048


def write_recordings(folder, count, seconds):
    t = np.arange(RATE * seconds, dtype=np.float32)
    for n in range(count):
        freq = 110 * (1 + n % 13)
        tone = np.sin(t * (2 * np.pi * freq / RATE))
        tone *= 9000 + 50 * n
        with wave.open(os.path.join(folder, f"take{n:03d}.wav"), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(tone.astype("<i2").tobytes())


def read_samples(path):
    with wave.open(path, "rb") as wav:
        frames = wav.readframes(wav.getnframes())
    return np.frombuffer(frames, dtype="<i2")


class Library:
    def __init__(self):
        self.names = []
        self.heads = []
        self.peaks = []

    def add(self, name, samples):
        self.names.append(name)
        self.peaks.append(int(np.abs(samples).max()))
        self.heads.append(self._opening(samples))

    @staticmethod
    def _opening(samples):
        start = int(np.argmax(np.abs(samples) > 500))
        return samples[start:start + HEAD].copy()

    def similarity(self):
        rows = np.stack(self.heads).astype(np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows @ rows.T


def scan(folder):
    library = Library()
    for entry in sorted(os.listdir(folder)):
        library.add(entry, read_samples(os.path.join(folder, entry)))
    return library


def duplicates(library, threshold):
    scores = library.similarity()
    for i in range(len(library.names)):
        for j in range(i + 1, len(library.names)):
            if scores[i, j] > threshold:
                yield library.names[i], library.names[j]


def main():
    with tempfile.TemporaryDirectory() as tmp:
        write_recordings(tmp, 52, 60)
        library = scan(tmp)
    pairs = list(duplicates(library, 0.999))
    print("recordings", len(library.names))
    print("duplicates", len(pairs), pairs[:2])
    print("loudest", max(library.peaks))


if __name__ == "__main__":
    main()
