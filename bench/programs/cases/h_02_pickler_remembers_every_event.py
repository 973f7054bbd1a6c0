import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('02 pickler remembers every event')
class _:
    def setup():
        import pickle
    def bad():
        import pickle
        class EventLog:
            def __init__(self,path):
                self.file=open(path,'wb')
                self.pickler=pickle.Pickler(self.file)
                self.count=0
            def write(self,event):
                self.pickler.dump(event)
                self.count+=1
        log=EventLog(os.path.join(D,'events-bad.pickle'))
        for i in range(450):
            log.write({'id':i,'kind':'upload','body':' '.join(f'{i}.{k}' for k in range(11_500))})
        print('written',log.count)
        return log
    def good():
        import pickle
        class EventLog:
            def __init__(self,path):
                self.file=open(path,'wb')
                self.pickler=pickle.Pickler(self.file)
                self.count=0
            def write(self,event):
                self.pickler.dump(event)
                self.pickler.clear_memo()
                self.count+=1
        log=EventLog(os.path.join(D,'events-good.pickle'))
        for i in range(450):
            log.write({'id':i,'kind':'upload','body':' '.join(f'{i}.{k}' for k in range(11_500))})
        print('written',log.count)
        return log


if __name__ == "__main__":
    kept = run()
