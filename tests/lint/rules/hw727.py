# sized
import copy
from collections import deque
class Cleaner:
    def __init__(self):
        self.log = []
        self._states = {}
        self.frames = []
        self.undo = []
        self.recent = deque(maxlen=5)
        self.seen = []
    def step(self, name, table):
        self.log.append((name, table.copy()))  # expect: HW727
        self._states[name] = copy.deepcopy(table)  # expect: HW727
        kept = table.copy(deep=True)  # expect: HW727
        self.frames.append({"name": name, "frame": kept})
        self.undo.append(table.copy())
        self.recent.append(table.copy())
        self.seen.append(table.copy())
    def report(self):
        for name, table in self.log:
            print(name, len(table), table.shape)
        print(len(self._states), self.frames[-1]["frame"]["price"].mean())
        return self.log[0][1]["price"].sum()
    def back(self):
        return self.undo[-1]
def local(state, steps):
    history = []
    for step in steps:
        state.update(step)
        history.append(copy.deepcopy(state))  # expect: HW727
    print(len(history))
def means(field, steps):
    snapshots = {}
    for step in range(steps):
        field += 1
        snapshots[step] = field.copy()  # expect: HW727
    return [each.mean() for each in snapshots.values()]
def given_back(state, steps):
    history = []
    for step in steps:
        history.append(state.copy())
    return history
def gone_back_to(state, steps):
    history = []
    for step in steps:
        history.append(state.copy())
        if step < 0:
            state = history[-1]
    return state
def compared(state, steps):
    history = []
    for step in steps:
        if state in history:
            return step
        history.append(state.copy())
    return len(history)
def popped(state, steps):
    history = []
    for step in steps:
        history.append(state.copy())
        if step > 4:
            history.pop(0)
def handed_on(state, steps, draw):
    history = []
    for step in steps:
        history.append(state.copy())
    draw(history)
def begun_anew(state, steps):
    for step in steps:
        history = []
        history.append(state.copy())
        print(len(history))
def written(table, steps):
    history = []
    for step in steps:
        history.append(table.copy())
    for each in history:
        each.to_csv("out")
        print(each)
def shared(state, steps):
    global states
    states = []
    for step in steps:
        states.append(state.copy())
def of_another_function():
    return states[3]
def emptied_by_another(state, steps):
    taken = []
    for step in steps:
        taken.append(state.copy())
    def take():
        nonlocal taken
        given, taken = taken, []
        return given
    return take
