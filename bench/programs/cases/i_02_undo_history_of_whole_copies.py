import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('02 undo history of whole copies')
class _:
    def setup():
        import numpy as np
        np.zeros((4,4),np.uint8)[1:2,1:2]=3
    def bad():
        import numpy as np
        class LabelEditor:
            def __init__(self,shape):
                self.labels=np.ones(shape,np.uint8)
                self.history=[]
            def paint(self,row,col,size,label):
                self.history.append(self.labels.copy())
                self.labels[row:row+size,col:col+size]=label
            def undo(self):
                self.labels=self.history.pop()
        editor=LabelEditor((1000,1000))
        for i in range(60):
            editor.paint(i*13%900,i*29%900,40,2+i%7)
        for _ in range(6):
            editor.undo()
        print('checksum',int(editor.labels.sum()))
        return editor
    def good():
        import numpy as np
        class LabelEditor:
            def __init__(self,shape):
                self.labels=np.ones(shape,np.uint8)
                self.history=[]
            def paint(self,row,col,size,label):
                region=(slice(row,row+size),slice(col,col+size))
                self.history.append((region,self.labels[region].copy()))
                self.labels[region]=label
            def undo(self):
                region,before=self.history.pop()
                self.labels[region]=before
        editor=LabelEditor((1000,1000))
        for i in range(60):
            editor.paint(i*13%900,i*29%900,40,2+i%7)
        for _ in range(6):
            editor.undo()
        print('checksum',int(editor.labels.sum()))
        return editor


if __name__ == "__main__":
    kept = run()
