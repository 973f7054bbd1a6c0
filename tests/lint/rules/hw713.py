# sized
import pandas as pd
def whole(a, b, c):
    return pd.concat([a, b, c], axis=1)  # expect: HW713
def one(a):
    return pd.concat([a])
