import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('76 minidom for a large file')
class _:
    def setup():
        import xml.dom.minidom, xml.dom.expatbuilder, xml.etree.ElementTree
        def build(path):
            with open(path,'w') as f:
                f.write('<osm>'); [f.write(f'<node id="{i}"><name>place {i}</name><kind>shop</kind></node>') for i in range(30_000)]; f.write('</osm>')
        fixture('places30.xml',build)
    def bad():
        from xml.dom import minidom
        doc=minidom.parse(os.path.join(D,'places30.xml'))
        names={n.getAttribute('id'):n.getElementsByTagName('name')[0].firstChild.data for n in doc.getElementsByTagName('node')}
        print('places',len(names))
        return names
    def good():
        import xml.etree.ElementTree as ET
        root=ET.parse(os.path.join(D,'places30.xml')).getroot()
        names={n.get('id'):n.findtext('name') for n in root.iter('node')}
        print('places',len(names))
        return names


if __name__ == "__main__":
    kept = run()
