import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E38 arrow table, mapped, with dictionary columns')
class _:
    def setup():
        import pyarrow as pa, pyarrow.compute, numpy as np
        pyarrow.compute.sum(pa.array([1,2]))   # loads arrow's kernels
        if not os.path.exists(D+'/e4_flights.arrow'):
            r=np.random.default_rng(38); n=2_500_000; port=[f'{a}{b}{c}' for a in 'ABCDE' for b in 'KLMNO' for c in 'PQRST']
            col=lambda: pa.DictionaryArray.from_arrays(pa.array(r.integers(0,125,n,dtype=np.int8)),port)
            t=pa.table({'from':col(),'to':col(),'delay':r.integers(-60,3000,n,dtype=np.int16),'seats':r.integers(0,255,n,dtype=np.uint8),'ticket':r.integers(10**12,10**13,n)})
            with pa.OSFile(D+'/e4_flights.arrow','wb') as f, pa.ipc.new_file(f,t.schema) as w: w.write_table(t,max_chunksize=250_000)
    def good():
        import pyarrow as pa, pyarrow.compute as pc
        t=pa.ipc.open_file(pa.memory_map(D+'/e4_flights.arrow')).read_all()
        ports=t['from'].chunk(0).dictionary.to_pylist()[::5]; late={}; seats={}
        for p in ports:
            late[p]=sum(pc.sum(b['delay'].filter(pc.equal(b['from'],p))).as_py() for b in t.to_batches())
            seats[p]=sum(pc.sum(b['seats'].filter(pc.equal(b['to'],p))).as_py() for b in t.to_batches())
        last=[pc.max(c).as_py() for c in t['ticket'].chunks]; low=[pc.min(c).as_py() for c in t['ticket'].chunks]
        route=sum(pc.sum(pc.and_(pc.equal(b['from'],'AKP'),pc.equal(b['to'],'ELT'))).as_py() or 0 for b in t.to_batches())
        return t,late,seats,last,low,route


if __name__ == "__main__":
    kept = run()
