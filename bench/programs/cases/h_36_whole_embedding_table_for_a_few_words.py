import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('36 whole embedding table for a few words')
class _:
    def setup():
        import numpy as np
        def build(path):
            table=np.arange(64_000*200,dtype='float32').reshape(64_000,200)%1000
            with open(path,'wb') as f:
                np.save(f,table)
        fixture('embeddings64.npy',build)
        with open(os.path.join(D,'tiny.npy'),'wb') as f:
            np.save(f,np.ones((2,2),'float32'))
        np.load(os.path.join(D,'tiny.npy'),mmap_mode='r')[[0]].mean()
    def bad():
        import numpy as np
        class Embeddings:
            def __init__(self,path):
                self.vectors=np.load(path)
            def encode(self,word_ids):
                return self.vectors[word_ids].mean(axis=0)
        embeddings=Embeddings(os.path.join(D,'embeddings64.npy'))
        words=[17,4711,9001,63_000]
        texts=[words[i%4:]+words[:i%3] for i in range(15_000)]
        print('sum',round(sum(float(embeddings.encode(text)[0]) for text in texts),3))
        return embeddings
    def good():
        import numpy as np
        class Embeddings:
            def __init__(self,path):
                self.vectors=np.load(path,mmap_mode='r')
            def encode(self,word_ids):
                return self.vectors[word_ids].mean(axis=0)
        embeddings=Embeddings(os.path.join(D,'embeddings64.npy'))
        words=[17,4711,9001,63_000]
        texts=[words[i%4:]+words[:i%3] for i in range(15_000)]
        print('sum',round(sum(float(embeddings.encode(text)[0]) for text in texts),3))
        return embeddings


if __name__ == "__main__":
    kept = run()
