import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


import zipfile

NS = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'


def build(path):
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as z:
        ct = 'application/vnd.openxmlformats-officedocument.spreadsheetml.'
        z.writestr('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                   '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                   f'<Override PartName="/xl/workbook.xml" ContentType="{ct}sheet.main+xml"/>'
                   f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{ct}worksheet+xml"/></Types>')
        r = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="%s" Target="%s"/></Relationships>'
        z.writestr('_rels/.rels', r % (REL + '/officeDocument', 'xl/workbook.xml'))
        z.writestr('xl/_rels/workbook.xml.rels', r % (REL + '/worksheet', 'worksheets/sheet1.xml'))
        z.writestr('xl/workbook.xml', f'<workbook xmlns="{NS}" xmlns:r="{REL}"><sheets><sheet name="data" sheetId="1" r:id="rId1"/></sheets></workbook>')
        rows = ''.join(f'<row r="{i}">' + ''.join(f'<c r="{c}{i}"><v>{i * 31 % 997 + k * .5}</v></c>' for k, c in enumerate('ABCDEFGH')) + '</row>' for i in range(1, 25_001))
        z.writestr('xl/worksheets/sheet1.xml', f'<worksheet xmlns="{NS}"><sheetData>{rows}</sheetData></worksheet>')


def total(book):
    return sum(row[2] for row in book['data'].iter_rows(values_only=True))


@case('75 load_workbook without read_only')
class _:
    def setup():
        import openpyxl
        fixture('d5_book.xlsx', build)
    def bad():
        import openpyxl
        book = openpyxl.load_workbook(D + '/d5_book.xlsx', data_only=True)
        return total(book)
    def good():
        import openpyxl
        book = openpyxl.load_workbook(D + '/d5_book.xlsx', read_only=True, data_only=True)
        try: return total(book)
        finally: book.close()


if __name__ == "__main__":
    kept = run()
