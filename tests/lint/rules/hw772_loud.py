# sized
import tempfile
class Scratch:
    def __init__(self):
        self.place = tempfile.TemporaryDirectory()
def path_of(scratch):
    return scratch.place.name
def parse(path):
    return open(path).read()
def main():
    scratch = Scratch()
    return parse(path_of(scratch))
if __name__ == "__main__":
    main()
