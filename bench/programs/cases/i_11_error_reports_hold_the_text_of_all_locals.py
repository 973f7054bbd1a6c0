import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('11 error reports hold the text of all locals')
class _:
    def setup():
        import traceback
        try: 1/0
        except ZeroDivisionError as e: ''.join(traceback.TracebackException.from_exception(e,capture_locals=True).format())
    def bad():
        import traceback
        class ErrorLog:
            def __init__(self):
                self.reports=[]
            def record(self,error):
                self.reports.append(traceback.TracebackException.from_exception(error,capture_locals=True))
        def import_batch(number):
            amounts=list(range(number,number+30_000))
            total=sum(amounts)
            raise ValueError(f'batch {number}: total {total} does not match')
        log=ErrorLog()
        for number in range(250):
            try:
                import_batch(number)
            except ValueError as error:
                log.record(error)
        print('reports',len(log.reports),str(log.reports[-1]))
        return log
    def good():
        import traceback
        class ErrorLog:
            def __init__(self):
                self.reports=[]
            def record(self,error):
                self.reports.append(traceback.TracebackException.from_exception(error))
        def import_batch(number):
            amounts=list(range(number,number+30_000))
            total=sum(amounts)
            raise ValueError(f'batch {number}: total {total} does not match')
        log=ErrorLog()
        for number in range(250):
            try:
                import_batch(number)
            except ValueError as error:
                log.record(error)
        print('reports',len(log.reports),str(log.reports[-1]))
        return log


if __name__ == "__main__":
    kept = run()
