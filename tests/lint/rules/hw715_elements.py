# sized
from lxml import etree
def heads(pages):
    found = []
    for page in pages:
        root = etree.fromstring(page)
        found.append(root.find("head"))  # expect: HW715
    return found
def titles(pages):
    found = []
    for page in pages:
        root = etree.fromstring(page)
        found.append(root.find("title").text)
        found.append(root.findtext("title"))
        head = root.find("head")
        print(head.tag)
    return found
def of_one(page, names):
    root = etree.fromstring(page)
    return [root.find(name) for name in names]
def listed(root, names):
    found = []
    for name in names:
        found.append(root.find(name))
    return found
