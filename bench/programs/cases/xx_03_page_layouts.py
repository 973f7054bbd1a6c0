"""A preview service: documents come and go, their page layout is computed once each."""
import random
import weakref

from harness import case, run

WORDS = "river stone market window letter garden silver number morning paper".split()


class Document:
    def __init__(self, ident, text):
        self.ident = ident
        self.text = text


class Layout:
    """Where the lines of a document break at a given width."""

    def __init__(self, document, width):
        self.document = document
        self.width = width
        self.lines = break_lines(document.text, width)

    def page_of(self, offset):
        return self.lines_before(offset) // 50

    def lines_before(self, offset):
        return sum(1 for start in self.lines if start < offset)


class DetachedLayout(Layout):
    def __init__(self, document, width):
        self.ident = document.ident
        self.width = width
        self.lines = break_lines(document.text, width)


def break_lines(text, width):
    starts, at = [0], 0
    while len(text) - at > width:
        cut = text.rfind(" ", at, at + width)
        at = cut + 1 if cut > at else at + width
        starts.append(at)
    return starts[::20]


class Previewer:
    def __init__(self, layout_class):
        self.layout_class = layout_class
        self.layouts = weakref.WeakKeyDictionary()

    def layout(self, document, width=90):
        found = self.layouts.get(document)
        if found is None:
            found = self.layouts[document] = self.layout_class(document, width)
        return found

    def preview(self, document):
        layout = self.layout(document)
        middle = len(document.text) // 2
        return layout.page_of(middle) + self.layout(document).lines_before(400)


def incoming(count):
    rng = random.Random(3)
    for ident in range(count):
        yield Document(ident, " ".join(rng.choices(WORDS, k=rng.randint(7000, 9000))))


def serve(layout_class):
    previewer = Previewer(layout_class)
    total = 0
    for document in incoming(1500):
        total += previewer.preview(document)
    print("previewed pages", total)
    return previewer


@case("xx 03 page layouts")
class _:
    def bad():
        return serve(Layout)

    def good():
        return serve(DetachedLayout)


if __name__ == "__main__":
    kept = run()
