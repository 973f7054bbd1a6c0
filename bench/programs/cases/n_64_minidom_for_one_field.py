import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('64 minidom for one field')
class _:
    def setup():
        if not os.path.exists(D+'/n_recs.xml'):
            with open(D+'/n_recs.xml','w') as f:
                f.write('<root>'); [f.write(f'<rec id="{i}"><a>alpha{i}</a><b>beta</b></rec>') for i in range(30_000)]; f.write('</root>')
    def bad():
        from xml.dom import minidom
        doc=minidom.parse(D+'/n_recs.xml')
        return [int(r.getAttribute('id')) for r in doc.getElementsByTagName('rec')]
    def good():
        import xml.etree.ElementTree as ET
        ids=[]; it=ET.iterparse(D+'/n_recs.xml',events=('start','end')); _,root=next(it)
        for ev,e in it:
            if ev=='end' and e.tag=='rec': ids.append(int(e.get('id'))); root.clear()
        return ids


if __name__ == "__main__":
    kept = run()
