import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('67 workbook opened whole to read it once')
class _:
    def setup():
        import openpyxl
        if not os.path.exists(D+'/sheet.xlsx'):
            wb=openpyxl.Workbook(write_only=True); ws=wb.create_sheet()
            for i in range(20_000): ws.append([i,i*.5,i*3,'open',i+.25,i%7,i*11,'EUR'])
            wb.save(D+'/sheet.xlsx')
    def bad():
        import openpyxl
        ws=openpyxl.load_workbook(D+'/sheet.xlsx').worksheets[0]
        return sum(row[1] for row in ws.iter_rows(values_only=True))
    def good():
        import openpyxl
        wb=openpyxl.load_workbook(D+'/sheet.xlsx',read_only=True)
        total=sum(row[1] for row in wb.worksheets[0].iter_rows(values_only=True))
        wb.close(); return total


if __name__ == "__main__":
    kept = run()
