import gc
import os
import sys
import tempfile
import time
import weakref

from harness import CASES, D, case, fixture, run


class Page:
    def __init__(self, number, words):
        self.number = number
        self.words = words
        self.width = 480


def read_page(number):
    return Page(number, [f'word{number}x{i}' for i in range(6000)])


@case('03 weak key whose value points back')
class _:
    def bad():
        class Layout:
            def __init__(self, page):
                self.page = page
                self.boxes = []
                x = y = 0
                for word in page.words:
                    if x + 7 * len(word) > page.width:
                        x, y = 0, y + 12
                    self.boxes.append((x, y, 7 * len(word)))
                    x += 7 * len(word) + 4
                self.height = y + 12

        class Typesetter:
            """Lays a page out once, and forgets the layout together with the page."""

            def __init__(self):
                self._layouts = weakref.WeakKeyDictionary()

            def layout(self, page):
                found = self._layouts.get(page)
                if found is None:
                    found = self._layouts[page] = Layout(page)
                return found

        def print_run(typesetter, pages):
            height = 0
            for number in range(pages):
                page = read_page(number)
                height += typesetter.layout(page).height
                height += typesetter.layout(page).boxes[0][1]
            return height

        typesetter = Typesetter()
        print(print_run(typesetter, 70))
        return typesetter

    def good():
        class Layout:
            def __init__(self, page):
                self.page = weakref.ref(page)
                self.boxes = []
                x = y = 0
                for word in page.words:
                    if x + 7 * len(word) > page.width:
                        x, y = 0, y + 12
                    self.boxes.append((x, y, 7 * len(word)))
                    x += 7 * len(word) + 4
                self.height = y + 12

        class Typesetter:
            """Lays a page out once, and forgets the layout together with the page."""

            def __init__(self):
                self._layouts = weakref.WeakKeyDictionary()

            def layout(self, page):
                found = self._layouts.get(page)
                if found is None:
                    found = self._layouts[page] = Layout(page)
                return found

        def print_run(typesetter, pages):
            height = 0
            for number in range(pages):
                page = read_page(number)
                height += typesetter.layout(page).height
                height += typesetter.layout(page).boxes[0][1]
            return height

        typesetter = Typesetter()
        print(print_run(typesetter, 70))
        return typesetter


if __name__ == "__main__":
    kept = run()
