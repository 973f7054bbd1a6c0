# sized
import openpyxl
from openpyxl import Workbook
def export(rows, path):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "orders"
    sheet.append(["number", "name"])
    for row in rows:
        sheet.append([row.number, row.name])  # expect: HW755
    workbook.save(path)
def sheets(groups, path):
    book = Workbook()
    book.remove(book.active)
    for name, rows in groups.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)  # expect: HW755
    book.save(path)
def fill(workbook, rows):
    for sheet in workbook.worksheets:
        workbook.remove(sheet)
    sheet = workbook.create_sheet("sales")
    for row in rows:
        sheet.append(row)  # expect: HW755
def filled(rows, path):
    workbook = Workbook()
    fill(workbook, rows)
    workbook.save(path)
def streamed(rows, path):
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(path)
def formatted(rows, path):
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for cell in sheet["A"]:
        cell.number_format = "0.00"
    book.save(path)
def placed(rows, path):
    book = Workbook()
    sheet = book.active
    for number, row in enumerate(rows):
        sheet.cell(number + 1, 1, row)
    book.save(path)
def given(rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return book
class _Export:
    def __init__(self, workbook):
        self._workbook = workbook
    def _sheet(self):
        return self._workbook.active or self._workbook.create_sheet()
    def write(self, rows, path):
        sheet = self._sheet()
        for row in rows:
            sheet.append(row)  # expect: HW755
        self._workbook.save(path)
def nightly(rows, path):
    _Export(Workbook()).write(rows, path)
def one_of(rows, path, other):
    book = Workbook()
    sheet = book.active if other is None else other
    for row in rows:
        sheet.append(row)  # expect: HW755
    book.save(path)
def asked(rows, path):
    book = Workbook()
    sheet = book.active or book.create_sheet()
    for row in rows:
        sheet.append(row)
    print(sheet["A1"].value)
    book.save(path)
