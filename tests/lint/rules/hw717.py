# sized
def dense(frame):
    return frame.groupby(["user", "item"], observed=False)["amount"].sum()  # expect: HW717
def by_default(frame):
    frame["user"] = frame["user"].astype("category")
    return frame.groupby(["user", "item"]).size()  # expect: HW717
def seen(frame):
    return frame.groupby(["user", "item"], observed=True)["amount"].sum()
def one_key(frame):
    return frame.groupby(["user"], observed=False)["amount"].sum()
def asked(frame, seen):
    return frame.groupby(["user", "item"], observed=seen)["amount"].sum()  # expect: HW717
