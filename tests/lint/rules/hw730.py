# sized
import csv
from openpyxl import load_workbook
import openpyxl
def summed(path):
    book = load_workbook(path, data_only=True)  # expect: HW730
    total = 0
    for row in book.active.iter_rows(min_row=2, values_only=True):
        total += row[1]
    return total
def headed(path, out):
    sheet = openpyxl.load_workbook(path)["Data"]  # expect: HW730
    rows = sheet.values
    header = next(rows)
    writer = csv.writer(out)
    writer.writerow(header)
    for row in rows:
        writer.writerow(row)
def of_cells(path):
    book = load_workbook(filename=path)  # expect: HW730
    total = 0
    for row in book["Data"].rows:
        total += row[1].value
        for cell in row:
            print(cell.value)
    book.close()
    return total
def every_sheet(path):
    book = load_workbook(path)  # expect: HW730
    for name in book.sheetnames:
        sheet = book[name]
        for number, row in enumerate(sheet.iter_rows(min_row=2)):
            print(sheet.title, number, [cell.value for cell in row])
def of_worksheets(path):
    book = load_workbook(path)  # expect: HW730
    return sum(len(row) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
def listed(path):
    book = load_workbook(path)  # expect: HW730
    return list(book.active.iter_rows(values_only=True))
def _total(sheet):
    return sum(row[0] for row in sheet.iter_rows(min_row=2, values_only=True))
def _open(path):
    return load_workbook(path)  # expect: HW730
def across(path):
    book = _open(path)
    return _total(book.active)
class Report:
    def __init__(self, path):
        self._book = load_workbook(path)
    def rows(self):
        for quantity, price in self._book["Orders"].iter_rows(max_col=2):
            yield quantity.value * price.value
def read_only(path):
    for row in load_workbook(path, read_only=True).active.values:
        print(row)
def saved(path):
    book = load_workbook(path)
    for row in book.active.values:
        print(row)
    book.save(path)
def assigned(path):
    book = load_workbook(path)
    for row in book.active.iter_rows():
        row[0].value = 1
def by_place(path):
    book = load_workbook(path)
    sheet = book.active
    for row in sheet.iter_rows(values_only=True):
        print(row, sheet["A1"].value)
def by_cell(path):
    sheet = load_workbook(path).active
    for number in range(1, sheet.max_row + 1):
        print(sheet.cell(number, 1).value)
def twice(path):
    sheet = load_workbook(path).active
    most = max(row[0] for row in sheet.iter_rows(values_only=True))
    for row in sheet.iter_rows(values_only=True):
        print(row[0] / most)
def again_and_again(path, words):
    book = load_workbook(path)
    for word in words:
        for row in book["Data"].values:
            print(word in row)
def given_back(path):
    book = load_workbook(path)
    for row in book.active.values:
        print(row)
    return book
def columns(path):
    for column in load_workbook(path).active.iter_cols(values_only=True):
        print(sum(column))
def placed(path):
    for row in load_workbook(path).active.iter_rows():
        for cell in row:
            print(cell.coordinate, cell.value)
def kept_cells(path):
    return list(load_workbook(path).active.iter_rows())
def comments(path):
    for row in load_workbook(path).active.rows:
        print(row[0].comment)
def merged(path):
    sheet = load_workbook(path).active
    print(sheet.merged_cells)
    for row in sheet.values:
        print(row)
def made():
    book = openpyxl.Workbook()
    for row in book.active.values:
        print(row)
def names(path):
    return load_workbook(path).sheetnames
def told_by_what_ran(path, **options):
    book = load_workbook(path, **options)  # expect: HW730
    return sum(row[1] for row in book.active.iter_rows(values_only=True))
