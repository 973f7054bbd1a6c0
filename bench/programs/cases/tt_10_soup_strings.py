from bs4 import BeautifulSoup, SoupStrainer
from harness import case, run


def page(n):
    items = "".join(f"<li class='item'><a href='/p/{n}/{i}'>item {i}</a></li>" for i in range(400))
    return f"<html><head><title>Shop {n}</title></head><body><ul>{items}</ul></body></html>"


@case("tt 10 soup strings")
class _:
    def bad():
        titles = []
        for n in range(55):
            soup = BeautifulSoup(page(n), "html.parser")
            titles.append(soup.title.string)
        print(len(titles), titles[-1])
        return titles

    def good():
        titles = []
        head = SoupStrainer("title")
        for n in range(55):
            soup = BeautifulSoup(page(n), "html.parser", parse_only=head)
            titles.append(str(soup.title.string))
        print(len(titles), titles[-1])
        return titles


if __name__ == "__main__":
    kept = run()
