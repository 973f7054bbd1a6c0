from pydantic import BaseModel

from harness import case, run


class Dish(BaseModel):
    code: str
    title: str
    cents: int
    allergens: tuple[str, ...] = ()


class Menu(BaseModel):
    restaurant: str
    revision: int
    dishes: dict[str, Dish]


def opening_menu(count):
    return Menu(
        restaurant="Zum Anker",
        revision=0,
        dishes={
            f"D{number:04d}": Dish(
                code=f"D{number:04d}",
                title=f"Dish number {number} of the kitchen",
                cents=450 + number * 37 % 2_400,
                allergens=("gluten", "nuts")[: number % 3],
            )
            for number in range(count)
        },
    )


class Editor:
    """Changes prices; every revision can be looked up again."""

    def __init__(self, menu):
        self.revisions = [menu]

    @property
    def menu(self):
        return self.revisions[-1]

    def reprice(self, code, cents):
        menu = self.menu.model_copy(deep=True)
        menu.revision += 1
        menu.dishes[code].cents = cents
        self.revisions.append(menu)

    def price_in(self, revision, code):
        return self.revisions[revision].dishes[code].cents


class SharingEditor(Editor):
    def reprice(self, code, cents):
        menu = self.menu
        dish = menu.dishes[code].model_copy(update={"cents": cents})
        update = {"revision": menu.revision + 1, "dishes": {**menu.dishes, code: dish}}
        self.revisions.append(menu.model_copy(update=update))


def season(kind, changes=90, dishes=900):
    editor = kind(opening_menu(dishes))
    for change in range(changes):
        editor.reprice(f"D{change * 7 % dishes:04d}", 500 + change)
    print(editor.menu.revision, editor.price_in(0, "D0007"), editor.price_in(changes, "D0007"))
    return editor


@case("qq 20 menu revisions")
class _:
    def bad():
        return season(Editor)

    def good():
        return season(SharingEditor)


if __name__ == "__main__":
    kept = run()
