import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('64b openpyxl workbook loaded whole')
class _:
    def setup():
        import openpyxl
        if not os.path.exists(D+'/book_d3.xlsx'):
            wb=openpyxl.Workbook(write_only=True); ws=wb.create_sheet()
            for i in range(25_000): ws.append([i,i*2,i*.5,1,2,3,4,5])
            wb.save(D+'/book_d3.xlsx')
    def bad():
        import openpyxl
        wb=openpyxl.load_workbook(D+'/book_d3.xlsx'); t=0
        for row in wb.worksheets[0].iter_rows(values_only=True): t+=row[0]
        wb.close(); return t
    def good():
        import openpyxl
        wb=openpyxl.load_workbook(D+'/book_d3.xlsx',read_only=True); t=0
        for row in wb.worksheets[0].iter_rows(values_only=True): t+=row[0]
        wb.close(); return t


if __name__ == "__main__":
    kept = run()
