import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('31 a record batch for every tick')
class _:
    def setup():
        import pyarrow as pa
        import pyarrow.compute as pc
        batch=pa.RecordBatch.from_pydict({'a':[1.0]},schema=pa.schema([('a',pa.float64())]))
        pc.sum(pa.Table.from_batches([batch])['a'])
    def bad():
        import pyarrow as pa
        import pyarrow.compute as pc
        class Recorder:
            schema=pa.schema([('time',pa.int64()),('bid',pa.float64()),('ask',pa.float64()),('size',pa.int32())])
            def __init__(self):
                self.batches=[]
            def on_tick(self,time,bid,ask,size):
                row={'time':[time],'bid':[bid],'ask':[ask],'size':[size]}
                self.batches.append(pa.RecordBatch.from_pydict(row,schema=self.schema))
            def table(self):
                return pa.Table.from_batches(self.batches,self.schema)
        recorder=Recorder()
        for i in range(24_000):
            recorder.on_tick(i,100+i%7,101+i%7,i%50)
        print('volume',pc.sum(recorder.table()['size']).as_py())
        return recorder
    def good():
        import pyarrow as pa
        import pyarrow.compute as pc
        class Recorder:
            schema=pa.schema([('time',pa.int64()),('bid',pa.float64()),('ask',pa.float64()),('size',pa.int32())])
            def __init__(self,chunk=4096):
                self.chunk=chunk
                self.batches=[]
                self.rows={name:[] for name in self.schema.names}
            def on_tick(self,time,bid,ask,size):
                for name,value in zip(self.schema.names,(time,bid,ask,size)):
                    self.rows[name].append(value)
                if len(self.rows['time'])>=self.chunk:
                    self.flush()
            def flush(self):
                if self.rows['time']:
                    self.batches.append(pa.RecordBatch.from_pydict(self.rows,schema=self.schema))
                    self.rows={name:[] for name in self.schema.names}
            def table(self):
                self.flush()
                return pa.Table.from_batches(self.batches,self.schema)
        recorder=Recorder()
        for i in range(24_000):
            recorder.on_tick(i,100+i%7,101+i%7,i%50)
        print('volume',pc.sum(recorder.table()['size']).as_py())
        return recorder


if __name__ == "__main__":
    kept = run()
