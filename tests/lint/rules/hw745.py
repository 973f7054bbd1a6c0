# sized
import numpy as np
import pandas as pd
def stored(db, frame):
    rows = frame.astype(object).where(frame.notna(), None)  # expect: HW745
    db.executemany("insert into t values (?, ?)", rows.itertuples(index=False, name=None))
def at_once(db, frame):
    db.executemany("insert into t values (?)", frame.astype("O").where(pd.notnull(frame), None).values.tolist())  # expect: HW745
def replaced(frame, table):
    frame.replace({np.nan: None}).to_sql("t", table)  # expect: HW745
def row_by_row(frame, send):
    for row in frame.astype(object).itertuples():  # expect: HW745
        send(row)
def in_blocks(db, frame):
    for at in range(0, len(frame), 5000):
        part = frame.iloc[at : at + 5000]
        db.executemany("insert into t values (?)", part.astype(object).where(part.notna(), None).itertuples())
def by_chunk(db, path):
    for part in pd.read_csv(path, chunksize=1000):
        db.executemany("insert into t values (?)", part.astype(object).itertuples())
def kept(frame):
    return frame.astype(object).where(frame.notna(), None)
def used_again(db, frame):
    rows = frame.astype(object)
    db.executemany("insert into t values (?)", rows.itertuples())
    return rows["a"]
def column(frame):
    frame["a"] = frame["a"].astype(object)
    return frame
def text(line):
    return line.replace("a", "b"), line.replace("None", "").split()
def floats(db, frame):
    db.executemany("insert into t values (?)", frame.astype(float).itertuples())
def _rows(frame):
    return frame.astype(object).where(frame.notna(), None).values.tolist()  # expect: HW745
def stored_by_another(db, frame):
    rows = _rows(frame)
    db.executemany("insert into t values (?, ?)", rows)
def _kept_rows(frame):
    return frame.astype(object).where(frame.notna(), None).values.tolist()
def kept_by_another(frame):
    rows = _kept_rows(frame)
    return rows
