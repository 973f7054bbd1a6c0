from lxml import etree
class Page:
    def __init__(self, data):
        tree = etree.fromstring(data)
        self.title = tree.xpath("//title/text()")[0]  # expect: HW715
        self.plain = tree.xpath("//title/text()", smart_strings=False)[0]
        self.text = str(tree.xpath("//title/text()")[0])
        self.nodes = tree.xpath("//title")
def names(pages):
    return [page.xpath("//a/@href") for page in pages]  # expect: HW715
def show(tree):
    for text in tree.xpath("//a/text()"):
        print(text)
