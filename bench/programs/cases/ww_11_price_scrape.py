"""Collects prices from shop result pages."""
import random

from bs4 import BeautifulSoup

from harness import case, run


def page(number, rows=240):
    rng = random.Random(number)
    body = "".join(
        f"<tr class='item'><td class='name'>part {number}-{row}</td>"
        f"<td class='price'>{rng.randrange(100, 9999)}</td>"
        f"<td><a href='/part/{row}'>details</a> <span>in stock</span></td></tr>"
        for row in range(rows)
    )
    return f"<html><body><h1>Page {number}</h1><table>{body}</table></body></html>"


class PriceList:
    def __init__(self):
        self.best = {}

    def offer(self, soup):
        cell = soup.find("td", class_="price")
        return cell.contents[0]

    def add(self, number):
        soup = BeautifulSoup(page(number), "lxml")
        self.best[number] = self.offer(soup)

    def total(self):
        return sum(int(price) for price in self.best.values())


class PlainPriceList(PriceList):
    def offer(self, soup):
        cell = soup.find("td", class_="price")
        return str(cell.contents[0])


def collect(prices, pages=36):
    for number in range(pages):
        prices.add(number)
    print(len(prices.best), prices.total())
    return prices


@case("ww 11 price scrape")
class _:
    def bad():
        return collect(PriceList())

    def good():
        return collect(PlainPriceList())


if __name__ == "__main__":
    kept = run()
