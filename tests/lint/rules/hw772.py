# sized
def load(path):
    return [path] * 1000
def smooth(volume):
    return [each + each for each in volume]
def window(volume):
    return [each[1:] for each in volume]
def describe(volume):
    return len(volume)
def chain(path):
    volume = load(path)  # expect: HW772, HW772
    size = len(volume)
    return size, describe(window(smooth(volume)))
def given_by_name(path):
    volume = load(path)  # expect: HW772
    return window(volume=smooth(volume))
def without_a_name(path):
    return describe(window(smooth(load(path))))
def used_later(path):
    volume = load(path)
    found = window(smooth(volume))
    return found, len(volume)
def of_others(path):
    volume = load(path)
    return sorted(smooth(volume))
def one_call(path):
    volume = load(path)
    return smooth(volume)
def again(path):
    volume = load(path)
    for _ in range(3):
        found = window(smooth(volume))
    return found
def methods(path):
    volume = load(path)
    return window(volume.strip())
if __name__ == "__main__":
    chain("a")
