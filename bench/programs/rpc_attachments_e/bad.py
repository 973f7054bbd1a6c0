"""RPC endpoint which stores documents with binary attachments."""
import hashlib
import logging
import random
import struct
import sys

logger = logging.getLogger("rpc.protocol")


class RequestContext:
    def __init__(self, packet):
        self.packet = packet
        self.in_header_doc = None
        self.in_body_doc = None
        self.out = None


class Protocol:
    """Length-prefixed fields: method name, then (key, value) pairs."""

    def fields(self, packet):
        position = 0
        while position < len(packet):
            (size,) = struct.unpack_from(">I", packet, position)
            position += 4
            yield packet[position:position + size]
            position += size

    def decode(self, context):
        fields = self.fields(context.packet)
        method = next(fields).decode()
        body = {key.decode(): value for key, value in zip(fields, fields)}
        context.packet = None
        context.in_header_doc = {"method": method, "fields": len(body)}
        context.in_body_doc = body
        logger.debug("header : %r" % (context.in_header_doc,))
        logger.debug("body   : %r" % (context.in_body_doc,))


class DocumentStore:
    def __init__(self):
        self.digests = {}

    def put(self, name, attachment):
        digest = hashlib.sha256(attachment).hexdigest()
        self.digests[name.decode()] = digest
        return {"digest": digest, "size": len(attachment)}


class Application:
    def __init__(self, store):
        self.protocol = Protocol()
        self.store = store

    def handle(self, packet):
        context = RequestContext(packet)
        del packet
        self.protocol.decode(context)
        if context.in_header_doc["method"] != "put":
            raise ValueError(context.in_header_doc["method"])
        context.out = self.store.put(**context.in_body_doc)
        return context.out


def encode(*fields):
    return b"".join(part for field in fields
                    for part in (struct.pack(">I", len(field)), field))


def make_packet(number):
    rng = random.Random(number)
    size = 7_000_000 + 500_000 * (number % 3)
    return encode(b"put", b"name", b"scan-%d" % number,
                  b"attachment", rng.randbytes(size))


def main():
    logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(message)s")
    store = DocumentStore()
    application = Application(store)
    for number in range(6):
        out = application.handle(make_packet(number))
        logger.info("stored %d bytes as %s", out["size"], out["digest"][:16])
    logger.info("documents %d", len(store.digests))


if __name__ == "__main__":
    main()
