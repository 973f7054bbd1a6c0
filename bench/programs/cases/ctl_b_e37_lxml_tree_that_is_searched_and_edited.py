import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E37 lxml tree that is searched and edited')
class _:
    def setup():
        import lxml.etree, random
        if not os.path.exists(D+'/e4_cat.xml'):
            r=random.Random(37)
            with open(D+'/e4_cat.xml','w') as f:
                f.write('<catalog>')
                for i in range(12_000): f.write(f'<p id="p{i}"><price>{r.randrange(100,99999)}</price><text>{r.randbytes(500).hex()}</text></p>')
                f.write('</catalog>')
    def good():
        from lxml import etree
        import hashlib, random
        tree=etree.parse(D+'/e4_cat.xml'); root=tree.getroot()
        dear=etree.XPath('p[price>$x]',smart_strings=False); r=random.Random(1)
        for p in dear(root,x=90_000): p.find('price').text=str(int(p.findtext('price'))*9//10)
        hits=sum(int(root[r.randrange(12_000)].findtext('text')[:4],16) for _ in range(20_000))
        beef=len(root.xpath('p[contains(text,"beef")]'))
        for p in root.xpath('p[price<200]'): root.remove(p)
        h=hashlib.sha1()
        for p in root: h.update(etree.tostring(p))
        return tree,hits,beef,h.hexdigest()


if __name__ == "__main__":
    kept = run()
