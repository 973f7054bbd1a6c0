import gc
import json
import os
import sys
import tempfile
import time
from xml.dom import minidom

from harness import CASES, D, case, fixture, run


def order(i):
    lines = "".join(f'<line no="{k}"><sku>A{i * k % 9973}</sku><qty>{k % 9 + 1}</qty></line>' for k in range(300))
    return f"<order><id>ORD-{i:05d}</id>{lines}</order>"


@case('46b a minidom text node keeps the document')
class _:
    def bad():
        ids, lines = [], 0
        for i in range(40):
            doc = minidom.parseString(order(i))
            lines += len(doc.getElementsByTagName("line"))
            ids.append(doc.getElementsByTagName("id")[0].firstChild)
        return ids, lines

    def good():
        ids, lines = [], 0
        for i in range(40):
            with minidom.parseString(order(i)) as doc:
                lines += len(doc.getElementsByTagName("line"))
                ids.append(doc.getElementsByTagName("id")[0].firstChild.data)
        return ids, lines


if __name__ == "__main__":
    kept = run()
