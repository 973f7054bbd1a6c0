"""Read the volumes of a disk array from a management server's XML answer."""
import os
import tempfile
from xml.dom import pulldom

N_VOLUMES = 4200
PROPERTIES = ("DeviceID", "ElementName", "BlockSize", "NumberOfBlocks", "HealthState", "PoolID")


def write_answer(path):
    with open(path, "w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="utf-8"?>\n<CIM CIMVERSION="2.0">')
        out.write('<MESSAGE ID="1001" PROTOCOLVERSION="1.0"><IRETURNVALUE>')
        for n in range(N_VOLUMES):
            values = (f"{n:05d}", f"LUN {n}", 512, (1 + n % 40) << 21, 5 if n % 37 else 15, f"Pool {n % 12}")
            out.write('<INSTANCE CLASSNAME="Clar_StorageVolume">')
            for name, value in zip(PROPERTIES, values):
                kind = "string" if isinstance(value, str) else "uint64"
                out.write(f'<PROPERTY NAME="{name}" TYPE="{kind}"><VALUE>{value}</VALUE></PROPERTY>')
            out.write("</INSTANCE>\n")
        out.write("</IRETURNVALUE></MESSAGE></CIM>\n")


def text_of(element):
    return "".join(node.data for node in element.childNodes if node.nodeType == node.TEXT_NODE)


def parse_property(element):
    name = element.getAttribute("NAME")
    value = text_of(element.getElementsByTagName("VALUE")[0])
    if element.getAttribute("TYPE").startswith("uint"):
        return name, int(value)
    return name, value


def parse_instance(element):
    return dict(parse_property(child) for child in element.getElementsByTagName("PROPERTY"))


def instances(path):
    """The instances of the answer, each as a dict of its properties."""
    events = pulldom.parse(path)
    for event, element in events:
        if event == pulldom.START_ELEMENT and element.tagName == "INSTANCE":
            events.expandNode(element)
            yield parse_instance(element)
            element.unlink()


class PoolUsage:
    def __init__(self):
        self.volumes = 0
        self.bytes = 0
        self.degraded = []

    def add(self, volume):
        self.volumes += 1
        self.bytes += volume["BlockSize"] * volume["NumberOfBlocks"]
        if volume["HealthState"] > 5:
            self.degraded.append(volume["ElementName"])


def main():
    pools = {}
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "answer.xml")
        write_answer(path)
        for volume in instances(path):
            pools.setdefault(volume["PoolID"], PoolUsage()).add(volume)
    for name, usage in sorted(pools.items(), key=lambda item: int(item[0].split()[1])):
        print(f"{name:8} {usage.volumes:5} volumes {usage.bytes >> 30:6} GiB degraded {len(usage.degraded)}")
    print("first degraded", sorted(name for usage in pools.values() for name in usage.degraded)[:3])


if __name__ == "__main__":
    main()
