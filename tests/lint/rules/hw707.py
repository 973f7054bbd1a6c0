# sized
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
def by_helper(path):
    events = ET.iterparse(path, events=("start", "end"))
    _, root = next(events)
    for _, element in events:
        print(element.tag)
        _forget(root)
def _forget(above):
    above.clear()
def apart(path):
    events = ET.iterparse(path)  # expect: HW707
    for _, element in events:
        print(element.tag)
        _forget(element)
def lxml_way(path):
    for _, element in ET.iterparse(path):
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
from lxml import etree
def whole(path):
    for each in ET.parse(path).getroot().iter("r"):  # expect: HW707
        print(each.tag)
    return [each.text for each in ET.fromstring(path).findall("r")]  # expect: HW707
def by_names(path):
    names = []
    tree = ET.parse(path)  # expect: HW707
    root = tree.getroot()
    for each in root.findall("r"):
        names.append(each.text)
    return names
def summed(path):
    with open(path) as file:
        root = etree.parse(file).getroot()  # expect: HW707
    return sum(float(each.get("n")) for each in root.iter("r"))
def root_itself(path):
    root = etree.XML(path)  # expect: HW707
    for each in root:
        handle(each)
def read_again(path):
    root = ET.parse(path).getroot()
    for each in root.iter("r"):
        print(each.tag)
    return root.find("title").text
def elements_kept(path, kept):
    for each in ET.parse(path).getroot().iter("r"):
        kept.append(each)
    return [each for each in ET.parse(path).getroot()]
def several_passes(path, names):
    root = ET.parse(path).getroot()
    for name in names:
        for each in root.iter(name):
            print(each)
def looks_around(path):
    for each in etree.parse(path).getroot().iter("r"):
        print(each.getparent().tag)
def one(path):
    return ET.parse(path).getroot().find("title").text
def other(parser, path):
    for each in parser.parse(path).iter("r"):
        print(each)
def handle(each):
    print(each)
def kept_by_another(path, kept):
    for each in ET.parse(path).getroot().iter("r"):
        keep(kept, each)
def keep(kept, each):
    kept.append((each, 1))
