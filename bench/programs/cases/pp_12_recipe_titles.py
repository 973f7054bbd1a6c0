from bs4 import BeautifulSoup

from harness import case, run


def page(number):
    steps = "".join(
        f'<li class="step" id="s{k}"><p>Step {k}: stir <b>{k % 9} g</b> of <i>spice {k % 13}</i>.</p></li>'
        for k in range(210)
    )
    return (
        f"<html><head><title>Recipe {number}: soup of the {number % 31}th</title></head>"
        f'<body><h1 itemprop="name">Soup {number}</h1><span class="author">cook{number % 7}</span>'
        f"<ol>{steps}</ol></body></html>"
    )


class RecipeIndex:
    def __init__(self):
        self.recipes = []

    def add(self, html):
        soup = BeautifulSoup(html, "html.parser")
        self.recipes.append(
            {
                "title": soup.title.string,
                "author": soup.find("span", class_="author").string,
                "steps": len(soup.find_all("li", class_="step")),
            }
        )


class PlainRecipeIndex(RecipeIndex):
    def add(self, html):
        soup = BeautifulSoup(html, "html.parser")
        self.recipes.append(
            {
                "title": str(soup.title.string),
                "author": str(soup.find("span", class_="author").string),
                "steps": len(soup.find_all("li", class_="step")),
            }
        )


def crawl(index):
    for number in range(60):
        index.add(page(number))
    print(len(index.recipes), "recipes, last:", index.recipes[-1])
    return index


@case("pp 12 recipe titles")
class _:
    def bad():
        return crawl(RecipeIndex())

    def good():
        return crawl(PlainRecipeIndex())


if __name__ == "__main__":
    kept = run()
