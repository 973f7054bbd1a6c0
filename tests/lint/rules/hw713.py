# sized
import pandas as pd
def whole(a, b, c):
    return pd.concat([a, b, c], axis=1)  # expect: HW713
def built(rows):
    return pd.concat([pd.DataFrame(row, dtype=float) for row in rows]), pd.concat(rows)
def one(a):
    return pd.concat([a])
