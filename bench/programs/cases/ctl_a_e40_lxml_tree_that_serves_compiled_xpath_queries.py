import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def prose(r,n): return r.randbytes(n).translate(LETTERS).decode()


@case('e40 lxml tree that serves compiled XPath queries')
class _:
    def setup():
        import lxml.etree, random
        if not os.path.exists(D+'/e_cat.xml'):
            r=random.Random(43)
            with open(D+'/e_cat.xml','w') as f:
                f.write('<cat>'); [f.write(f'<p id="k{i}"><t>{prose(r,60)}</t><c>{r.randrange(9**6)}</c></p>') for i in range(60_000)]; f.write('</cat>')
    def good():
        from lxml import etree
        import random
        tree=etree.parse(D+'/e_cat.xml',etree.XMLParser(remove_blank_text=True)); root=tree.getroot()
        cheap=etree.XPath('count(p[c<$x])'); title=etree.XPath('string(p[$n]/t)',smart_strings=False); r=random.Random(44); n=0
        for q in range(300): n+=len(title(root,n=r.randrange(1,60_000)))
        bands=[cheap(root,x=x) for x in range(0,9**6,40_000)]; total=sum(int(c.text) for c in root.iter('c')); ids=sum(len(p.get('id')) for p in root)
        return tree,bands,total,ids,n


if __name__ == "__main__":
    kept = run()
