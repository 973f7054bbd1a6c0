"""Builds a headline index of press releases that arrive as XML."""
from dataclasses import dataclass, field

from lxml import etree

from harness import case, run

RELEASES = 420


class ReleaseSource:
    """Stands for the newswire: one XML document per press release."""

    def __init__(self, count):
        self.count = count

    def documents(self):
        for n in range(self.count):
            yield self.compose(n)

    @staticmethod
    def compose(n):
        paragraphs = "".join(
            f"<p id='{n}-{k}'><em>Item {k}</em> The board noted result <b>{n * 17 + k}</b>"
            f" for unit <i>{k % 9}</i> and moved on.</p>" for k in range(260))
        return (f"<release lang='en'><head><title>Results of division {n % 37}, note {n}</title>"
                f"<desk>desk-{n % 12}</desk></head><body>{paragraphs}</body></release>").encode()


@dataclass
class Headline:
    desk: str
    title: str


@dataclass
class HeadlineIndex:
    by_desk: dict = field(default_factory=dict)

    def add(self, headline):
        self.by_desk.setdefault(headline.desk, []).append(headline)

    def __len__(self):
        return sum(len(items) for items in self.by_desk.values())

    def longest(self):
        return max((h for items in self.by_desk.values() for h in items),
                   key=lambda h: (len(h.title), h.title))


class ReleaseReader:
    options = {}

    def __init__(self):
        self.parser = etree.XMLParser(remove_blank_text=True)
        self.title = etree.XPath("head/title/text()", **self.options)
        self.desk = etree.XPath("head/desk/text()", **self.options)

    def headline(self, document):
        root = etree.fromstring(document, self.parser)
        return Headline(desk=self.desk(root)[0], title=self.title(root)[0])


class PlainReleaseReader(ReleaseReader):
    options = {"smart_strings": False}


def build_index(reader):
    index = HeadlineIndex()
    for document in ReleaseSource(RELEASES).documents():
        index.add(reader.headline(document))
    print(f"{len(index)} headlines on {len(index.by_desk)} desks, longest: {index.longest().title}")
    return index


@case("ad 03 press index")
class _:
    def bad():
        return build_index(ReleaseReader())

    def good():
        return build_index(PlainReleaseReader())


if __name__ == "__main__":
    kept = run()
