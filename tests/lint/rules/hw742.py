# sized
import pandas as pd
def flags(frame, day):
    return [key[1] >= day for key in frame.index.values]  # expect: HW742
def unpacked(frame):
    total = 0
    for store, day in frame.index:  # expect: HW742
        total += store
    return total
def listed(frame):
    keys = frame.index.tolist()  # expect: HW742
    return {key[0] for key in keys}
def of_list(frame):
    return max(key[-1] for key in list(frame.index))  # expect: HW742
def zipped(frame):
    return [day * amount for (store, day), amount in zip(frame.index, frame["amount"])]  # expect: HW742
def counted(frame):
    for i, (store, day) in enumerate(frame.index.to_flat_index()):  # expect: HW742
        print(i, day)
def mapped(frame):
    return frame.index.map(lambda key: key[0])  # expect: HW742
def first(frame):
    return frame.index.values[0]  # expect: HW742
def size(frame):
    return len(frame.index.to_numpy())  # expect: HW742
def by_name(rows):
    index = pd.MultiIndex.from_tuples(rows)
    return sum(key[0] for key in index)  # expect: HW742
def rows(frame):
    for (store, day), row in frame.iterrows():  # expect: HW742
        print(store, row.amount)
def items(series):
    return sum(value for (store, day), value in series.items() if day > 3)  # expect: HW742
def tuples(frame):
    return sum(row.amount for row in frame.itertuples() if row.Index[1] > 3)  # expect: HW742
def twice(frame):
    keys = frame.index.values  # expect: HW742
    return [key[0] for key in keys], [key[1] for key in keys]
def apart_and_kept(frame):
    keys = frame.index.values
    return [key[0] for key in keys], set(keys)
def plain_tuples(frame):
    return {row.Index: row.amount for row in frame.itertuples()}
def levels(frame, day):
    return frame.index.get_level_values("day") >= day
def one(frame):
    return frame.index[0]
def as_keys(frame):
    return {key: i for i, key in enumerate(frame.index)}
def together(frame, known):
    return [known[store, day] for store, day in frame.index]
def compared(frame, wanted):
    return [key in wanted for key in frame.index.values]
def kept(frame):
    return frame.index.tolist()
def as_set(frame):
    return set(frame.index)
def labels(frame):
    for label in frame.index:
        print(label)
def of_columns(frame):
    return frame.columns.values[0]
def of_a_list(words, word):
    return words.index(word)
def pairs(table):
    for key, value in table.items():
        print(key, value)
