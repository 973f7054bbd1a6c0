import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('14 list on the class is shared by all imports')
class _:
    def bad():
        class Importer:
            rejected=[]
            def __init__(self,source):
                self.source=source
                self.accepted=0
            def load(self,rows):
                for row in rows:
                    if row['amount']<0:
                        self.rejected.append(row)
                    else:
                        self.accepted+=1
                return self.accepted
        def read(i):
            for k in range(40):
                yield {'amount':k-12,'raw':';'.join(f'{i}.{k}.{n}' for n in range(150))*10}
        print('accepted',sum(Importer(f'feed-{i}').load(read(i)) for i in range(300)))
        return Importer
    def good():
        class Importer:
            def __init__(self,source):
                self.source=source
                self.rejected=[]
                self.accepted=0
            def load(self,rows):
                for row in rows:
                    if row['amount']<0:
                        self.rejected.append(row)
                    else:
                        self.accepted+=1
                return self.accepted
        def read(i):
            for k in range(40):
                yield {'amount':k-12,'raw':';'.join(f'{i}.{k}.{n}' for n in range(150))*10}
        print('accepted',sum(Importer(f'feed-{i}').load(read(i)) for i in range(300)))
        return Importer


if __name__ == "__main__":
    kept = run()
