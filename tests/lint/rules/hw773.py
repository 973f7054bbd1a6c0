# sized
import pandas as pd
def per_second(frame):
    return frame.resample("1s").mean().dropna()  # expect: HW773
def passed(times):
    sums = times.resample("s").sum()  # expect: HW773
    print(int(sums.max()))
    return sums[sums > 0]
def of_one_column(frame):
    sums = frame.resample("1min")["size"].sum()  # expect: HW773
    return sums.loc[sums != 0]
def later(frame):
    means = frame.resample("1min").mean()  # expect: HW773
    return means.dropna(how="all")
def kept(frame):
    return frame.resample("1min").mean()
def filled(frame):
    means = frame.resample("1min").mean()
    return means.ffill()
def large(frame):
    sums = frame.resample("1min").sum()
    return sums[sums > 10]
def of_others(frame):
    means = frame.rolling("1min").mean()
    return means.dropna()
def with_gaps_filled(frame):
    rate = frame.resample("1s").mean()
    return rate.dropna(), rate.interpolate()
def columns_dropped(frame):
    return frame.resample("1s").mean().dropna(axis=1, how="all")
def of_other_edges(frame):
    return frame.resample("1s", closed="right").mean().dropna()
def anew_each_day(frame):
    return frame.resample("7s").mean().dropna()
def weeks(frame):
    return frame.resample("W").mean().dropna()
def quarters(frame):
    return frame.resample("15min").mean().dropna(how="all")  # expect: HW773
