# sized
import hashlib
import struct
import zlib
from array import array
from struct import Struct, unpack
from xml.dom import minidom
from xml.dom.minidom import parseString
import numpy as np
import numpy
import torch
PAIR = Struct("<2h")
def table(path):
    data = np.genfromtxt(path, delimiter=",", names=True)  # expect: HW736
    return data["x"], numpy.genfromtxt(path, dtype=None, encoding="ascii")  # expect: HW736
def samples(count, raw):
    return np.array(list(struct.unpack(f"<{count}h", raw)), dtype=np.int16)  # expect: HW736
def named(count, raw):
    values = unpack(f"{count}f", raw)  # expect: HW736
    return numpy.asarray(values)
def listed(count, raw):
    values = struct.unpack("<%dd" % count, raw)  # expect: HW736
    numbers = list(values)
    return array("d", numbers)
def of_tensor(count, raw):
    return torch.tensor(struct.unpack(f"{count}f", raw))  # expect: HW736
def of_pairs(raw):
    return np.array(list(PAIR.iter_unpack(raw)))  # expect: HW736
def checksum(image):
    pixels = repr(list(image.getdata()))  # expect: HW736
    return hashlib.md5(pixels.encode("ascii")).hexdigest()
def flat_checksum(image):
    return hash(str(tuple(image.get_flattened_data())))  # expect: HW736
def same_pixels(one, two):
    return list(one.getdata()) == list(two.getdata())  # expect: HW736
def same_arrays(one, two):
    return one.tolist() == two.tolist()  # expect: HW736
def crc(values):
    text = str(values.tolist())  # expect: HW736
    return zlib.crc32(text.encode())
def instances(path):
    document = minidom.parse(path)  # expect: HW736
    for element in document.getElementsByTagName("INSTANCE"):
        yield element.getAttribute("NAME")
def names(text):
    document = parseString(text)  # expect: HW736
    found = document.documentElement.getElementsByTagName("name")
    total = sum(len(each.firstChild.data) for each in found)
    document.unlink()
    return total
def compact(path):
    return np.loadtxt(path, delimiter=",")
def header(raw):
    size, count = struct.unpack("<2I", raw[:8])
    return size, count, np.frombuffer(raw[8:])
def both(count, raw):
    values = struct.unpack(f"{count}h", raw)
    return np.array(values), values[0]
def kept_pixels(image):
    pixels = list(image.getdata())
    image.putdata(pixels)
    return pixels
def shown(image):
    print(repr(list(image.getdata())))
def given(one, two):
    return one.tolist() == two
def of_bytes(image):
    return hashlib.md5(image.tobytes()).hexdigest()
def changed(path, out):
    document = minidom.parse(path)
    for element in document.getElementsByTagName("a"):
        element.setAttribute("b", "c")
    document.writexml(out)
def twice(path):
    document = minidom.parse(path)
    count = len(document.getElementsByTagName("a"))
    for element in document.getElementsByTagName("a"):
        print(element.tagName, count)
def kept_elements(path):
    found = []
    for element in minidom.parse(path).getElementsByTagName("a"):
        found.append(element)
    return found
def first(path):
    return minidom.parse(path).getElementsByTagName("a")[0]
def whole(path):
    return minidom.parse(path)
