import gc
import os
import sys
import tempfile
import time
import xml.etree.ElementTree as ET

from harness import CASES, D, case, fixture, run


def articles(count):
    for n in range(count):
        yield {'id': f'A{n:07d}', 'title': f'Garden chair number {n}', 'price': f'{n % 900 / 10 + 9:.2f} EUR',
               'availability': 'in stock' if n % 4 else 'preorder', 'link': f'https://garden.example/a/{n}'}


@case('18 feed is a tree before it is written')
class _:
    def bad():
        def product(article):
            element = ET.Element('product')
            for name, value in article.items():
                ET.SubElement(element, name).text = value
            return element

        def write_feed(path, rows):
            feed = ET.Element('feed')
            count = 0
            for row in rows:
                feed.append(product(row))
                count += 1
            ET.ElementTree(feed).write(path, encoding='utf-8')
            return count

        path = os.path.join(D, 'j_18_feed.xml')
        count = write_feed(path, articles(90_000))
        print(count, os.path.getsize(path))
        return path

    def good():
        def product(article):
            element = ET.Element('product')
            for name, value in article.items():
                ET.SubElement(element, name).text = value
            return element

        def write_feed(path, rows):
            count = 0
            with open(path, 'wb') as out:
                out.write(b'<feed>')
                for row in rows:
                    out.write(ET.tostring(product(row), encoding='utf-8', xml_declaration=False))
                    count += 1
                out.write(b'</feed>')
            return count

        path = os.path.join(D, 'j_18_feed.xml')
        count = write_feed(path, articles(90_000))
        print(count, os.path.getsize(path))
        return path


if __name__ == "__main__":
    kept = run()
