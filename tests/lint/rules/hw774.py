# sized
import copy
import json
import numpy as np
import pandas as pd
def scaled(path):
    data = np.load(path)
    twice = data.copy()  # expect: HW774
    twice *= 2
    return twice
def drawn(n):
    data = np.random.default_rng(0).random(n)
    other = np.array(data)  # expect: HW774
    other.sort()
    return other
def loaded(path):
    with open(path) as file:
        raw = json.load(file)
    rows = copy.deepcopy(raw)  # expect: HW774
    return rows
def listed(rows):
    kept = [row for row in rows if row]
    return list(kept)  # expect: HW774
def read_again(path):
    data = np.load(path)
    twice = data.copy()
    return twice - data
def mapped(path):
    data = np.load(path, mmap_mode="r")
    return data.copy()
def given(data):
    return data.copy()
def called(path):
    data = scaled(path)
    return data.copy()
def part(path):
    data = np.load(path)[:10]
    return data.copy()
def of_a_buffer(raw):
    data = np.frombuffer(raw)
    return data.copy()
def each_turn(n):
    base = np.zeros(n)
    for _ in range(3):
        turn = base.copy()
        turn += 1
def shallow(path):
    frame = pd.read_csv(path)
    return frame.copy(deep=False)
def drawn_on(rows):
    items = (row for row in rows)
    return list(items)
def other_dtype(path):
    data = np.load(path)
    return np.array(data, dtype="float32")
def of_a_frame(path):
    frame = pd.read_csv(path)
    return np.array(frame)
def around(values):
    frame = pd.DataFrame(values)
    return frame.copy()
def of_a_list(rows):
    kept = [row for row in rows]
    return np.array(kept)
def of_a_loader(path):
    raw = json.loads(path)
    return np.array(raw)
