# sized
import mmap
import re
def lines(path):
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        return sum(b"x" in line for line in mapped[:].split(b"\n"))  # expect: HW758
def rest(file):
    mapped = mmap.mmap(file.fileno(), 0)
    head = mapped[:16]
    return head, mapped[16:], mapped[-8:]
def read(file):
    mapped = mmap.mmap(file.fileno(), 0)
    mapped.read(16)
    return mapped.read()  # expect: HW758
def copied(file):
    return bytes(mmap.mmap(file.fileno(), 0))  # expect: HW758
def asked(file):
    mapped = mmap.mmap(file.fileno(), 0)
    return re.findall(b"x+", mapped), mapped.find(b"y"), mapped[4:8], [line for line in iter(mapped.readline, b"")]
def other(mapped):
    return mapped[:], bytes(mapped)
def written(file):
    mapped = mmap.mmap(file.fileno(), 0)
    mapped[:] = b"z" * len(mapped)
