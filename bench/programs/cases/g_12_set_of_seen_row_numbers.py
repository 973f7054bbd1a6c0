import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('12 set of seen row numbers')
class _:
    def bad():
        def count_active(events,users):
            seen=set()
            for user in events:
                seen.add(user)
            return len(seen)
        users=1_500_000
        events=(i*7919%users for i in range(2_000_000))
        print('active',count_active(events,users))
    def good():
        def count_active(events,users):
            seen=bytearray(users)
            for user in events:
                seen[user]=1
            return sum(seen)
        users=1_500_000
        events=(i*7919%users for i in range(2_000_000))
        print('active',count_active(events,users))


if __name__ == "__main__":
    kept = run()
