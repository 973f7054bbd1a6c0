import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('67 workbook built cell by cell')
class _:
    def setup(): import openpyxl
    def bad():
        import openpyxl
        wb=openpyxl.Workbook(); ws=wb.active
        for i in range(40_000): ws.append([i,i*2,i*3,i*.5,i*.25,i%7])
        wb.save(D+'/a2_out.xlsx'); return ws.title
    def good():
        import openpyxl
        wb=openpyxl.Workbook(write_only=True); ws=wb.create_sheet('Sheet')
        for i in range(40_000): ws.append([i,i*2,i*3,i*.5,i*.25,i%7])
        wb.save(D+'/a2_out.xlsx'); return ws.title


if __name__ == "__main__":
    kept = run()
