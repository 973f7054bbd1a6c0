"""Decode a recorded vehicle telemetry link and check its heartbeat."""
import os
import struct
import tempfile
import zlib

HEADER = struct.Struct("<BBHBB")
MAGIC = 0xFD
N_MESSAGES = 260_000
KINDS = {0: "HEARTBEAT", 30: "ATTITUDE", 33: "POSITION", 74: "HUD", 241: "VIBRATION"}


def encode(sequence, kind, payload):
    head = HEADER.pack(MAGIC, len(payload), sequence & 0xFFFF, 1, kind)
    return head + payload + struct.pack("<H", zlib.crc32(payload) & 0xFFFF)


def record(path):
    """Write a link recording; a heartbeat every hundred messages."""
    kinds = sorted(KINDS)[1:]
    with open(path, "wb") as out:
        for n in range(N_MESSAGES):
            kind = 0 if n % 100 == 0 else kinds[n % 4]
            size = 9 if kind == 0 else 130 + kind // 2
            payload = struct.pack("<If", n * 10, n % 628 / 100).ljust(size, bytes([n % 251]))
            packet = encode(n, kind, payload)
            if n % 9973 == 17:
                packet = packet[:-1] + bytes([packet[-1] ^ 0x55])
            out.write(packet)


class BadCrc(ValueError):
    pass


class LinkParser:
    def __init__(self):
        self.buf = bytearray()
        self.start = 0
        self.errors = 0
        self.received = 0

    def feed(self, chunk):
        """Take some bytes of the link; gives a message if one is complete."""
        self.buf.extend(chunk)
        self.received += len(chunk)
        try:
            message = self.next_message()
        except BadCrc:
            self.errors += 1
            return None
        if self.start:
            del self.buf[:self.start]
            self.start = 0
        return message

    def next_message(self):
        available = len(self.buf) - self.start
        if available < HEADER.size:
            return None
        magic, size, sequence, system, kind = HEADER.unpack_from(self.buf, self.start)
        total = HEADER.size + size + 2
        if magic != MAGIC or available < total:
            return None
        body = self.start + HEADER.size
        payload = bytes(self.buf[body:body + size])
        (crc,) = struct.unpack_from("<H", self.buf, body + size)
        self.start += total
        if crc != zlib.crc32(payload) & 0xFFFF:
            raise BadCrc(sequence)
        return sequence, kind, payload


def chunks(path):
    """The recording in the pieces that the radio delivered."""
    with open(path, "rb") as link:
        while head := link.read(HEADER.size):
            yield head + link.read(HEADER.unpack(head)[1] + 2)


def main():
    counts = dict.fromkeys(KINDS, 0)
    last_beat, longest_gap = 0, 0
    parser = LinkParser()
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "flight.tlog")
        record(path)
        for chunk in chunks(path):
            message = parser.feed(chunk)
            if message is None:
                continue
            _, kind, payload = message
            counts[kind] += 1
            if kind == 0:
                (millis,) = struct.unpack_from("<I", payload)
                longest_gap = max(longest_gap, millis - last_beat)
                last_beat = millis
    print("bytes", parser.received, "bad", parser.errors)
    print({KINDS[kind]: count for kind, count in counts.items()})
    print("longest heartbeat gap", longest_gap, "ms")


if __name__ == "__main__":
    main()
