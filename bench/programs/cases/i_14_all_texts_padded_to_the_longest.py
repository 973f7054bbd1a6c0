import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('14 all texts padded to the longest')
class _:
    def setup():
        import numpy as np
        np.full((2,2),1); np.concatenate([np.arange(3),np.arange(2)]); np.cumsum([1,2])
    def tokens():
        import numpy as np
        for i in range(8_000):
            yield np.arange(1,(900 if i%1000==999 else 20+i%30)+1,dtype=np.int32)
    def bad():
        import numpy as np
        class TextDataset:
            pad=0
            def __init__(self,texts):
                texts=list(texts)
                longest=max(len(t) for t in texts)
                self.ids=np.full((len(texts),longest),self.pad,dtype=np.int64)
                for row,t in zip(self.ids,texts):
                    row[:len(t)]=t
            def batches(self,size):
                for i in range(0,len(self.ids),size):
                    yield self.ids[i:i+size]
        data=TextDataset(CASES['14 all texts padded to the longest'].tokens())
        batches=0
        tokens=0
        for batch in data.batches(32):
            batches+=1
            tokens+=int((batch!=data.pad).sum())
        print('batches',batches,'tokens',tokens)
        return data
    def good():
        import numpy as np
        class TextDataset:
            pad=0
            def __init__(self,texts):
                texts=list(texts)
                self.ids=np.concatenate(texts)
                self.ends=np.cumsum([len(t) for t in texts])
            def batches(self,size):
                starts=np.concatenate([[0],self.ends[:-1]])
                for i in range(0,len(self.ends),size):
                    spans=list(zip(starts[i:i+size],self.ends[i:i+size]))
                    batch=np.full((len(spans),max(b-a for a,b in spans)),self.pad,dtype=np.int64)
                    for row,(a,b) in zip(batch,spans):
                        row[:b-a]=self.ids[a:b]
                    yield batch
        data=TextDataset(CASES['14 all texts padded to the longest'].tokens())
        batches=0
        tokens=0
        for batch in data.batches(32):
            batches+=1
            tokens+=int((batch!=data.pad).sum())
        print('batches',batches,'tokens',tokens)
        return data


if __name__ == "__main__":
    kept = run()
