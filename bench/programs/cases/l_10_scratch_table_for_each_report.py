import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('10 scratch table for each report')
class _:
    def setup():
        import sqlite3

    def bad():
        import sqlite3

        class Reports:
            def __init__(self):
                self.db = sqlite3.connect(':memory:')

            def bookings(self, report):
                for n in range(15_000):
                    yield n, f'account {n * 37 % 900} of branch {report}', (n * report) % 5000

            def top_accounts(self, report):
                self.db.execute(f'create table scratch_{report} (id integer, account text, amount integer)')
                self.db.executemany(f'insert into scratch_{report} values (?, ?, ?)', self.bookings(report))
                rows = self.db.execute(
                    f'select account, sum(amount) s from scratch_{report} group by account order by s desc limit 3')
                return [amount for account, amount in rows]

        reports = Reports()
        total = 0
        for report in range(1, 121):
            total += sum(reports.top_accounts(report))
        print('top', total)
        return reports

    def good():
        import sqlite3

        class Reports:
            def __init__(self):
                self.db = sqlite3.connect(':memory:')

            def bookings(self, report):
                for n in range(15_000):
                    yield n, f'account {n * 37 % 900} of branch {report}', (n * report) % 5000

            def top_accounts(self, report):
                self.db.execute(f'create table scratch_{report} (id integer, account text, amount integer)')
                self.db.executemany(f'insert into scratch_{report} values (?, ?, ?)', self.bookings(report))
                rows = self.db.execute(
                    f'select account, sum(amount) s from scratch_{report} group by account order by s desc limit 3')
                top = [amount for account, amount in rows]
                self.db.execute(f'drop table scratch_{report}')
                return top

        reports = Reports()
        total = 0
        for report in range(1, 121):
            total += sum(reports.top_accounts(report))
        print('top', total)
        return reports


if __name__ == "__main__":
    kept = run()
