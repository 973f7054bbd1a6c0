"""Evacuation routes: shortest way from every cell of a site plan to the exit."""
from collections import deque


class SitePlan:
    """Grid with walls that force a winding way through the building."""

    def __init__(self, width, height):
        self.width = width
        self.height = height
        self._open = bytearray(b"\x01") * (width * height)
        for row in range(2, height - 1, 3):
            gap = 1 if row // 3 % 2 else width - 2
            for col in range(width):
                if abs(col - gap) > 1:
                    self._open[row * width + col] = 0

    def is_open(self, cell):
        return self._open[cell]

    def cells(self):
        return (cell for cell, is_open in enumerate(self._open) if is_open)

    def neighbours(self, cell):
        row, col = divmod(cell, self.width)
        if row > 0 and self._open[cell - self.width]:
            yield cell - self.width
        if col > 0 and self._open[cell - 1]:
            yield cell - 1
        if col + 1 < self.width and self._open[cell + 1]:
            yield cell + 1
        if row + 1 < self.height and self._open[cell + self.width]:
            yield cell + self.width


class Routes:
    def __init__(self, plan, exit_cell):
        self.exit_cell = exit_cell
        self._parent = {exit_cell: None}
        self._search(plan)

    def _search(self, plan):
        queue = deque([self.exit_cell])
        while queue:
            cell = queue.popleft()
            for other in plan.neighbours(cell):
                if other not in self._parent:
                    self._parent[other] = cell
                    queue.append(other)

    def __len__(self):
        return len(self._parent)

    def route(self, cell):
        """Cells from the exit to the given cell."""
        path = []
        while cell is not None:
            path.append(cell)
            cell = self._parent[cell]
        path.reverse()
        return path


def crowding(routes, starts):
    use = {}
    for start in starts:
        for cell in routes.route(start):
            use[cell] = use.get(cell, 0) + 1
    return use


def main():
    plan = SitePlan(110, 120)
    routes = Routes(plan, exit_cell=0)
    cells = list(plan.cells())
    print("open", len(cells), "reachable", len(routes))
    longest = max(cells[::37], key=lambda c: (len(routes.route(c)), c))
    print("longest", longest, len(routes.route(longest)))
    use = crowding(routes, cells[::200])
    busiest = max((c for c in use if c > 300), key=lambda c: (use[c], c))
    print("busiest", busiest, use[busiest])
    print("sample", routes.route(cells[500])[:8])


if __name__ == "__main__":
    main()
