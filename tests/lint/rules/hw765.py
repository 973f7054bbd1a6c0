# sized
import numpy as np
def movie(wave, count):
    frames = []
    for _ in range(count):
        frames.append(wave.step())  # expect: HW765
    return np.stack(frames)
def named(paths):
    images, seen = [], 0
    for path in paths:
        image = np.load(path)
        images.append(image)  # expect: HW765
        seen += 1
    whole = np.stack(images)
    return whole, seen
def at_once(paths):
    return np.stack([np.load(path) for path in paths])  # expect: HW765
def some(paths):
    images = []
    for path in paths:
        if path.endswith(".npy"):
            images.append(np.load(path))
    return np.stack(images)
def until(source):
    images = []
    while source.more():
        images.append(source.next())
    return np.stack(images)
def left_early(paths):
    images = []
    for path in paths:
        if not path:
            break
        images.append(np.load(path))
    return np.stack(images)
def chosen(paths):
    return np.stack([np.load(path) for path in paths if path])
def end_to_end(paths):
    parts = []
    for path in paths:
        parts.append(np.load(path))
    return np.concatenate(parts)
def reduced(paths):
    parts = []
    for path in paths:
        parts.append(np.load(path))  # not: HW765
    return np.stack(parts).mean(axis=0)
