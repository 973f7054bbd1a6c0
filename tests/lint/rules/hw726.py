# sized
import numpy as np
import torch
WIDTH, STEP = 5, 5
SIZE = 64
HOP = 16
SIDE = 64
def windows(x, width, step, n):
    print(np.array([x[i : i + width] for i in range(len(x) - width + 1)]))  # expect: HW726
    print(np.stack([x[i : i + width] for i in range(0, n, step)]))  # expect: HW726
    print(np.asarray([x[i : width + i, :] for i in range(0, n, width // 2)]))  # expect: HW726
    print(torch.stack([x[i : i + 8] for i in range(0, n, 4)]))  # expect: HW726
    print(np.stack([x[i : i + SIZE] for i in range(0, n, HOP)]))  # expect: HW726
def by_starts(x, n):
    starts = range(0, n - SIZE, HOP)
    return np.array([x[s : s + SIZE] for s in starts])  # expect: HW726
def appended(x, width):
    rows = []
    for i in range(len(x) - width):
        rows.append(x[i : i + width])
    return np.array(rows)  # expect: HW726
def listed(x, width):
    rows = [x[i : i + width] for i in range(len(x) - width)]
    return np.stack(rows)  # expect: HW726
def side_by_side(x, width, n):
    print(np.array([x[i : i + width] for i in range(0, n, width)]))
    print(np.array([x[i : i + 8] for i in range(0, n, 8)]), np.array([x[i : i + 1] for i in range(n)]))
    print(np.array([x[i : i + SIZE] for i in range(0, n, SIDE)]))
    return np.array([x[i : i + width] for i in range(0, n, 2 * width)])
def changed(x, width):
    print(np.array([x[i : i + width].mean() for i in range(len(x))]))
    print(np.array([x[i : i + width] for i in range(len(x)) if i % 7 == 0]))
    return [x[i : i + width] for i in range(len(x))]
def from_a_list(x, width, starts):
    return np.array([x[i : i + width] for i in starts])
def of_texts(text: str, width, file):
    print(np.array([text[i : i + width] for i in range(len(text) - width)]))
    letters = file.read_text()
    word = "abcabc"
    print(np.array([letters[i : i + width] for i in range(len(letters) - width)]))
    return np.array([word[i : i + width] for i in range(len(word) - width)])
def changed_in_place(x, width):
    rows = np.array([x[i : i + width] for i in range(len(x) - width)])
    rows[:, 0] = 0
    scaled = np.stack([x[i : i + width] for i in range(len(x) - width)])
    scaled /= 2
    kept = np.stack([x[i : i + width] for i in range(len(x) - width)])  # expect: HW726
    return rows, scaled, kept[0] + 1


def filled(series, width):
    hours = len(series) - width + 1
    windows = np.empty((hours, width))  # expect: HW726
    for start in range(hours):
        windows[start] = series[start : start + width]
    return windows


def filled_and_changed(series, width):
    windows = np.empty((len(series) - width, width))
    for start in range(len(series) - width):
        windows[start] = series[start : start + width]
    windows[0] = 0
    return windows


def filled_side_by_side(series, width):
    windows = np.zeros((len(series) // width, width))
    for start in range(0, len(series), width):
        windows[start] = series[start : start + width]
    return windows


def filled_elsewhere(series, width, places):
    windows = np.zeros((len(places), width))
    for place in range(len(places)):
        windows[places[place]] = series[place : place + width]
    return windows
