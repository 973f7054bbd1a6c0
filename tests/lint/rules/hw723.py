# sized
import json
ROWS = load("rows")  # expect: HW723
with open("doc") as file:
    DOCUMENT = json.load(file)  # expect: HW723
NAMES = load("names")
LATE = load("late")
TWICE = load("twice")
KEPT = load("kept")
OWN: dict = load("own")  # expect: HW723
LOOPED = load("looped")
def main():
    total = count(5)
    names(total)
    size = OWN.size()
    for _ in range(3):
        again()
    twice()
    twice()
    kept = hold()
    work(total, size)
    late(kept)
def count(n):
    return len(ROWS) + DOCUMENT["n"] + n
def names(total):
    print(NAMES, total)
def work(total, size):
    return [NAMES, total, size]
def late(kept):
    print(LATE, kept)
def twice():
    print(TWICE)
def hold():
    return KEPT
def again():
    print(LOOPED)
if __name__ == "__main__":
    main()
