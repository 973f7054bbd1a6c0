from bs4 import BeautifulSoup

from harness import case, run


def fetch(number):
    rows = "".join("<tr><td><a href='/item/%d'>item %d</a></td><td>%d EUR</td></tr>" % (i, i, i % 90)
                   for i in range(700))
    return "<html><head><title>Category %d</title></head><body><table>%s</table></body></html>" % (number, rows)


def report(titles):
    print("titles", len(titles), "letters", sum(len(t) for t in titles))


@case("mm 17 page titles")
class _:
    def bad():
        titles = []
        for number in range(40):
            soup = BeautifulSoup(fetch(number), "lxml")
            titles.append(soup.title.string)
        report(titles)
        return titles

    def good():
        titles = []
        for number in range(40):
            soup = BeautifulSoup(fetch(number), "lxml")
            titles.append(str(soup.title.string))
        report(titles)
        return titles


if __name__ == "__main__":
    kept = run()
