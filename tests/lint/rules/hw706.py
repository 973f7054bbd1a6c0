import numpy as np
import pandas as pd
def grow(parts):
    rows, array, frame, raw = [], np.zeros(0), pd.DataFrame(), b""
    number = 0
    for part in parts:
        rows = rows + [part]  # expect: HW706
        array = np.append(array, part)  # expect: HW706
        frame = pd.concat([frame, part])  # expect: HW706
        rows = [*rows, part]  # expect: HW706
        raw += part  # expect: HW706
        number += 1
        other = np.concatenate([part, part])
    return pd.concat(parts), np.concatenate(rows), array, frame, raw, number, other


def begun_anew(parts, first):
    array = np.zeros(0)
    for part in parts:
        values = np.unique(part)
        if 0 not in values:
            values = np.insert(values, 0, 0)
        if first:
            row, rest = part, []
        else:
            row, rest = [part], None
        row = [*row, rest]
        if first:
            array = np.zeros(0)
        array = np.append(array, part)  # expect: HW706
        for step in part:
            values = np.append(values, step)  # expect: HW706
    return array
