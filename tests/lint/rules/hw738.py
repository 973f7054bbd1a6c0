# sized
import struct
class Link:
    def __init__(self):
        self.buf = bytearray()
        self.start = 0
    def feed(self, chunk):
        self.buf.extend(chunk)  # expect: HW738
        message = self.next_message()
        if message is None and self.start:
            del self.buf[:self.start]
            self.start = 0
        return message
    def next_message(self):
        (size,) = struct.unpack_from("<H", self.buf, self.start)
        if len(self.buf) - self.start < size:
            return None
        self.start += size
        return bytes(self.buf[self.start - size:self.start])
class Frames:
    def __init__(self):
        self.received = bytearray()
        self.start = 0
    def feed(self, data):
        self.received += data  # expect: HW738
        while (frame := self.frame()) is not None:
            yield frame
    def frame(self):
        body = self.start + 6
        if len(self.received) < body:
            return None
        size, kind = struct.unpack_from(">HI", self.received, self.start)
        if len(self.received) < body + size:
            return None
        self.start = body + size
        return kind, bytes(self.received[body:body + size])
class Lines:
    def __init__(self):
        self.text = ""
        self.at = 0
    def add(self, part):
        self.text += part  # expect: HW738
    def line(self):
        end = self.text.find("\\n", self.at)
        line = self.text[self.at:end]
        self.at += len(line) + 1
        return line
class Reset:
    def __init__(self):
        self.data = b""
        self.pos = 0
    def write(self, chunk, flush):
        self.data += chunk  # expect: HW738
        if flush:
            self.data = self.data[self.pos:]
            self.pos = 0
    def read(self, n):
        part = self.data[self.pos:self.pos + n]
        self.pos += n
        return part
class Cut:
    def __init__(self):
        self.buf = bytearray()
        self.start = 0
    def feed(self, chunk):
        self.buf.extend(chunk)
        self.start += self.parse(self.buf[self.start:])
        if self.start:
            del self.buf[:self.start]
            self.start = 0
class Bounded:
    def __init__(self):
        self.buf = bytearray()
        self.start = 0
    def feed(self, chunk):
        self.buf += chunk
        if len(self.buf) > 65536:
            del self.buf[:self.start]
            self.start = 0
    def read(self, n):
        self.start += n
        return self.buf[self.start - n:self.start]
class Always:
    def __init__(self):
        self.buf = b""
        self.start = 0
    def feed(self, chunk):
        self.buf += chunk
        self.start += self.parse(self.buf[self.start:])
        self.buf = self.buf[self.start:]
        self.start = 0
class Taken:
    def __init__(self):
        self.buf = bytearray()
        self.start = 0
    def feed(self, chunk):
        self.buf += chunk
        self.start += len(self.buf[self.start:])
    def getvalue(self):
        return self.buf
class NoCursor:
    def __init__(self):
        self.buf = bytearray()
        self.size = 0
    def feed(self, chunk):
        self.buf += chunk
        self.size += len(chunk)
    def head(self):
        return self.buf[0:4]
class Given:
    def __init__(self, data):
        self.data = data
        self.pos = 0
    def read(self, n):
        self.pos += n
        return self.data[self.pos - n:self.pos]
class Rewound:
    def __init__(self):
        self.buf = bytearray()
        self.start = 0
    def feed(self, chunk, at):
        self.buf += chunk
        self.start = at + 4
        return self.buf[self.start:]
