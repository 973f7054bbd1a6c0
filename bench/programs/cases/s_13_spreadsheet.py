"""Spreadsheet engine: a grid of cells with formulas, styles and notes, recalculated along the dependants."""
import random
import re
import sys

REFERENCE = re.compile(r"([A-Z]+)(\d+)")
NOTHING = frozenset()
NO_STYLE = {}
NO_NOTES = ()


def column_number(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


class CellBad:
    __slots__ = ("value", "formula", "dependants", "style", "notes")

    def __init__(self, value):
        self.value = value
        self.formula = None
        self.dependants = set()
        self.style = {}
        self.notes = []


class CellGood:
    __slots__ = ("value", "formula", "dependants", "style", "notes")

    def __init__(self, value):
        self.value = value
        self.formula = None
        self.dependants = NOTHING
        self.style = NO_STYLE
        self.notes = NO_NOTES


class Formula:
    """SUM, MAX or AVG over named cells."""
    __slots__ = ("kind", "inputs")

    def __init__(self, text):
        self.kind = text[:3]
        self.inputs = [(int(row) - 1, column_number(letters)) for letters, row in REFERENCE.findall(text[3:])]

    def evaluate(self, sheet):
        values = [sheet.value(*at) for at in self.inputs]
        if self.kind == "SUM":
            return sum(values)
        return max(values) if self.kind == "MAX" else sum(values) / len(values)


class Sheet:
    def __init__(self, make):
        self.make = make
        self.rows = []

    def append(self, values):
        self.rows.append([self.make(value) for value in values])

    def value(self, row, column):
        return self.rows[row][column].value

    def set_formula(self, row, column, text):
        cell = self.rows[row][column]
        cell.formula = Formula(text)
        for at in cell.formula.inputs:
            source = self.rows[at[0]][at[1]]
            source.dependants = set(source.dependants)
            source.dependants.add((row, column))
        cell.value = cell.formula.evaluate(self)

    def set_style(self, row, column, **style):
        cell = self.rows[row][column]
        cell.style = {**cell.style, **style}

    def annotate(self, row, column, note):
        cell = self.rows[row][column]
        cell.notes = [*cell.notes, note]

    def change(self, row, column, value):
        """Sets a value and recalculates what hangs on it; gives the number of recalculated cells."""
        self.rows[row][column].value = value
        todo, done = [(row, column)], 0
        while todo:
            at = todo.pop()
            for down in self.rows[at[0]][at[1]].dependants:
                cell = self.rows[down[0]][down[1]]
                cell.value = cell.formula.evaluate(self)
                todo.append(down)
                done += 1
        return done


def letters(column):
    return chr(65 + column)


def fill(sheet, rng, rows, columns):
    for _ in range(rows):
        sheet.append([round(rng.gauss(100, 30), 2) for _ in range(columns)])
    for row in range(0, rows, 25):
        names = ",".join("%s%d" % (letters(c), row + 1) for c in rng.sample(range(columns - 1), 3))
        sheet.set_formula(row, columns - 1, rng.choice(("SUM", "MAX", "AVG")) + "(" + names + ")")
    for _ in range(rows // 20):
        sheet.set_style(rng.randrange(rows), rng.randrange(columns), bold=True, fill=rng.randrange(64))
        sheet.annotate(rng.randrange(rows), rng.randrange(columns), "checked %d" % rng.randrange(9999))


def main(arm):
    rng = random.Random(10)
    rows, columns = 10_000, 20
    sheet = Sheet(CellBad if arm == "bad" else CellGood)
    fill(sheet, rng, rows, columns)
    recalculated = 0
    for _ in range(20_000):
        recalculated += sheet.change(rng.randrange(rows // 25) * 25, rng.randrange(columns - 1), round(rng.random() * 300, 2))
    totals = [round(sum(row[c].value for row in sheet.rows), 2) for c in (0, columns - 1)]
    notes = sum(len(cell.notes) for row in sheet.rows for cell in row)
    print("cells", rows * columns, "recalculated", recalculated, "totals", totals, "notes", notes)
    return sheet


if __name__ == "__main__":
    STATE = main(sys.argv[1])
