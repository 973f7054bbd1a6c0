import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('19 whole sparse matrix made dense for one row')
class _:
    def setup():
        import numpy as np
        import scipy.sparse as sp
        m=sp.csr_matrix(np.eye(4)); m.toarray(); m[1,:].toarray()
    def impacts():
        import numpy as np
        import scipy.sparse as sp
        n=120_000
        k=np.arange(n,dtype=np.int64)
        return sp.csr_matrix((k%97+1.0,(k%3000,k*37%2003)),shape=(3000,2003))
    def bad():
        class Impact:
            def __init__(self,matrix):
                self.matrix=matrix
            def at_event(self,event_id):
                return self.matrix.toarray()[event_id,:]
            def worst_place(self,event_id):
                return int(self.at_event(event_id).argmax())
        impact=Impact(CASES['19 whole sparse matrix made dense for one row'].impacts())
        print('places',[impact.worst_place(e) for e in range(0,3000,300)])
    def good():
        class Impact:
            def __init__(self,matrix):
                self.matrix=matrix
            def at_event(self,event_id):
                return self.matrix[event_id,:].toarray()[0]
            def worst_place(self,event_id):
                return int(self.at_event(event_id).argmax())
        impact=Impact(CASES['19 whole sparse matrix made dense for one row'].impacts())
        print('places',[impact.worst_place(e) for e in range(0,3000,300)])


if __name__ == "__main__":
    kept = run()
