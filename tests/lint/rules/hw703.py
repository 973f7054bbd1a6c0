from pathlib import Path
def walk(path):
    with open(path) as f:
        for line in f.read().splitlines():  # expect: HW703
            print(line)
    for line in open(path).read().split("\n"):  # expect: HW703
        print(line)
    return sum(1 for line in Path(path).read_text().splitlines())  # expect: HW703
def kept(path, text):
    with open(path) as f:
        lines = f.read().splitlines()
    for line in text.splitlines():
        print(line)
    for line in socket.read().split("\n"):
        print(line)
    return lines
class Distribution:
    def read_text(self, name):
        return self.files[name]
    def requirements(self):
        for line in self.read_text("requires.txt").splitlines():
            print(line)
