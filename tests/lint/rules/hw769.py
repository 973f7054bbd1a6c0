# sized
import bz2
import io
import json
import lzma
import zlib
class Intake:
    def inflated(self, chunks):
        inflater = zlib.decompressobj(wbits=31)
        for chunk in chunks:
            yield inflater.decompress(chunk)  # expect: HW769
        yield inflater.flush()
    def bounded(self, chunks):
        inflater = zlib.decompressobj(wbits=31)
        for chunk in chunks:
            while chunk:
                yield inflater.decompress(chunk, 65536)
                chunk = inflater.unconsumed_tail
def unpacked(chunks, digest):
    decoder = lzma.LZMADecompressor()
    for chunk in chunks:
        digest.update(decoder.decompress(chunk))  # expect: HW769
def of_bz2(file, out):
    decoder = bz2.BZ2Decompressor()
    while chunk := file.read(65536):
        out.write(decoder.decompress(chunk))  # expect: HW769
def named(file, out):
    decoder = bz2.BZ2Decompressor()
    while chunk := file.read(65536):
        out.write(decoder.decompress(chunk, max_length=65536))
def at_once(body):
    return zlib.decompressobj().decompress(body)
def of_another(chunks, codec):
    for chunk in chunks:
        yield codec.decompress(chunk)
def kept(chunks):
    parts = []
    inflater = zlib.decompressobj()
    for chunk in chunks:
        parts.append(inflater.decompress(chunk))
    return parts
def joined(chunks):
    out = b""
    inflater = zlib.decompressobj()
    for chunk in chunks:
        out += inflater.decompress(chunk)
    return out
def in_memory(chunks):
    out = io.BytesIO()
    inflater = zlib.decompressobj()
    for chunk in chunks:
        out.write(inflater.decompress(chunk))
    return out.getvalue()
def bodies(messages):
    for message in messages:
        yield zlib.decompressobj().decompress(message)
def rows_of(messages, keep):
    for message in messages:
        inflater = zlib.decompressobj()
        keep(json.loads(inflater.decompress(message)))
def counted(chunks):
    total = 0
    inflater = zlib.decompressobj()
    for chunk in chunks:
        block = inflater.decompress(chunk)  # expect: HW769
        total += block.count(b"x") + len(block)
    return total
import gzip
import struct
RECORD = struct.Struct("<IHHdd")
class Summary:
    def __init__(self): self.records = 0
    def take(self, data):
        for number, *_ in RECORD.iter_unpack(data):
            self.records += number > 0
def summed(path):
    summary = Summary()
    with open(path, "rb") as file:
        body = gzip.decompress(file.read())  # expect: HW769
    summary.take(body)
    return summary.records
def longest(data):
    longest = 0
    for line in gzip.decompress(data).decode().splitlines():  # expect: HW769
        longest = max(longest, len(line))
    return longest
def called(data):
    return gzip.decompress(data)()
def document(data):
    return json.loads(gzip.decompress(data))
def all_lines(data):
    return gzip.decompress(data).decode().splitlines()
def checked(data):
    body = gzip.decompress(data)
    records = [row for row in RECORD.iter_unpack(body)]
    return records, len(body)
