# sized
def rows(frame):
    for row in frame.to_dict("records"):  # expect: HW718
        print(row["a"])
    return sum(value for value in frame["b"].tolist())  # expect: HW718
def named(frame):
    found = frame.to_dict(orient="records")  # expect: HW718
    return sum(row["a"] for row in found)
def kept(frame):
    found = []
    for row in frame.to_dict("records"):
        found.append(row)
    return found, frame.a.tolist()
def columns(frame):
    for name in frame.to_dict():
        print(name)
def twice(array):
    values = array.tolist()
    return sum(values) / len(values)
