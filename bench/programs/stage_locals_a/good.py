"""Vibration analysis: events from the raw signal, then a slow-band spectrogram."""
import os
import tempfile

import numpy as np

BLOCK = 500_000
DECIMATE = 50
WINDOW = 4096
HOP = 36


def write_signal(path, blocks):
    t = np.arange(BLOCK, dtype=np.float64)
    with open(path, "wb") as out:
        for n in range(blocks):
            block = np.sin(t * (0.0021 + n * 1e-5))
            block += 0.3 * np.sin(t * 0.00031) + 0.001 * n
            block[n * 1013 % BLOCK] += 4.0
            block.tofile(out)


def detrend(samples):
    samples -= samples.mean()


def find_events(samples, threshold):
    return np.flatnonzero(samples > threshold)


def decimate(samples, factor):
    usable = len(samples) // factor * factor
    return samples[:usable].reshape(-1, factor).mean(axis=1)


def frames(samples, window, hop):
    count = 1 + (len(samples) - window) // hop
    for n in range(count):
        yield n, samples[n * hop:n * hop + window]


def spectrogram(samples, window, hop):
    count = 1 + (len(samples) - window) // hop
    taper = np.hanning(window)
    power = np.empty((count, window // 2 + 1))
    for n, frame in frames(samples, window, hop):
        power[n] = np.abs(np.fft.rfft(frame * taper)) ** 2
    return power


def whiten(power):
    """Scale every band by its mean over the whole recording."""
    power /= power.mean(axis=0)
    power[:, 0] = 0.0
    return power


def reduce_signal(path):
    raw = np.fromfile(path)
    detrend(raw)
    events = find_events(raw, 3.0)
    print("samples", len(raw), "events", len(events), events[:3].tolist())
    return decimate(raw, DECIMATE)


def main():
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "signal.f64")
        write_signal(path, 16)
        slow = reduce_signal(path)

    power = whiten(spectrogram(slow, WINDOW, HOP))
    bands = power.argmax(axis=1)
    print("frames", len(power), "dominant band", int(np.bincount(bands).argmax()))
    print("strongest", f"{power.max():.4f}")


if __name__ == "__main__":
    main()
