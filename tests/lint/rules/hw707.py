import xml.etree.ElementTree as ET
def bad(path):
    for _, element in ET.iterparse(path):  # expect: HW707
        print(element.tag)
def half(path):
    for _, element in ET.iterparse(path):  # expect: HW707
        element.clear()
def good(path):
    events = ET.iterparse(path, events=("start", "end"))
    _, root = next(events)
    for _, element in events:
        print(element.tag)
        root.clear()
def lxml_way(path):
    for _, element in ET.iterparse(path):
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
