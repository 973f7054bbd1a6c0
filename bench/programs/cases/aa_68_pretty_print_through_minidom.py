import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('68 pretty print through minidom')
class _:
    def setup(): import xml.dom.minidom, xml.etree.ElementTree
    def bad():
        import xml.etree.ElementTree as ET
        from xml.dom import minidom
        root=ET.Element('orders')
        for i in range(20_000): ET.SubElement(ET.SubElement(root,'order',id=str(i)),'total').text='12.50'
        with open(os.devnull,'w') as f: f.write(minidom.parseString(ET.tostring(root)).toprettyxml())
        return root
    def good():
        import xml.etree.ElementTree as ET
        root=ET.Element('orders')
        for i in range(20_000): ET.SubElement(ET.SubElement(root,'order',id=str(i)),'total').text='12.50'
        ET.indent(root)
        with open(os.devnull,'wb') as f: ET.ElementTree(root).write(f)
        return root


if __name__ == "__main__":
    kept = run()
