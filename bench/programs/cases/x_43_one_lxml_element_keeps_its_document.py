import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('43 one lxml element keeps its document')
class _:
    def setup(): import lxml.etree, copy
    def run(good):
        import copy
        from lxml import etree
        doc=b'<r>'+b''.join(b'<i><n>name%d</n><p>%s</p></i>'%(i,b'x'*200) for i in range(3000))+b'</r>'
        heads=[]
        for k in range(60):
            head=etree.fromstring(doc).find('i')
            heads.append(copy.deepcopy(head) if good else head)
        return heads
    def bad(): return CASES['43 one lxml element keeps its document'].run(False)
    def good(): return CASES['43 one lxml element keeps its document'].run(True)


if __name__ == "__main__":
    kept = run()
