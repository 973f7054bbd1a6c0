import gc

from harness import case, run


class Section:
    def __init__(self, document): self.document = document


class Document:
    def __init__(self, body):
        self.body = body
        self.sections = [Section(self) for _ in range(80)]


@case("ss 02 collector flags")
class _:
    def bad():
        gc.set_debug(gc.DEBUG_SAVEALL)
        size = 0
        for number in range(600):
            document = Document(bytearray(b"d") * 120_000)
            size += len(document.body)
        print(size)

    def good():
        size = 0
        for number in range(600):
            document = Document(bytearray(b"d") * 120_000)
            size += len(document.body)
        print(size)


if __name__ == "__main__":
    kept = run()
