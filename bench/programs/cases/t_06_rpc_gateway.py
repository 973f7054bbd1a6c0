"""Small framed RPC layer over sockets: handshake frame, then calls; sessions stay resumable."""
import random
import socket
import struct
import sys
import zlib

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
HEADER = struct.Struct("!BI")
HELLO, CALL, BYE = 1, 2, 3
RECV_SIZE = 128 * 1024


class ProtocolError(Exception):
    pass


def encode(kind, payload):
    return HEADER.pack(kind, len(payload)) + payload


class FrameReader:
    """Cuts a connection's byte stream into frames without copying the payloads."""

    def __init__(self, sock):
        self.sock = sock
        self.pending = memoryview(b"")

    def fill(self):
        data = self.sock.recv(RECV_SIZE)
        if not data:
            return False
        self.pending = memoryview(bytes(self.pending) + data) if len(self.pending) else memoryview(data)
        return True

    def frames(self):
        while True:
            while len(self.pending) >= HEADER.size:
                kind, size = HEADER.unpack_from(self.pending)
                end = HEADER.size + size
                if len(self.pending) < end:
                    break
                payload = self.pending[HEADER.size:end]
                self.pending = self.pending[end:]
                yield kind, payload
            if not self.fill():
                return


class Session:
    __slots__ = ("client", "resume_token", "calls", "checksum")

    def __init__(self, client, resume_token):
        self.client = client
        self.resume_token = resume_token
        self.calls = 0
        self.checksum = 0


class SessionRegistry:
    def __init__(self):
        self.by_client = {}

    def hello_bad(self, payload):
        client = int.from_bytes(payload[:8], "big")
        session = Session(client, payload[8:40])
        self.by_client[client] = session
        return session

    def hello_good(self, payload):
        client = int.from_bytes(payload[:8], "big")
        session = Session(client, bytes(payload[8:40]))
        self.by_client[client] = session
        return session

    def may_resume(self, client, token):
        session = self.by_client.get(client)
        return session is not None and session.resume_token == token


class Gateway:
    def __init__(self):
        self.registry = SessionRegistry()
        self.hello = self.registry.hello_bad if ARM == "bad" else self.registry.hello_good
        self.bytes_in = 0

    def call(self, session, payload):
        session.calls += 1
        session.checksum = zlib.crc32(payload, session.checksum)
        self.bytes_in += len(payload)

    def serve(self, sock):
        session = None
        for kind, payload in FrameReader(sock).frames():
            if kind == HELLO:
                session = self.hello(payload)
            elif session is None:
                raise ProtocolError("call before hello")
            elif kind == CALL:
                self.call(session, payload)
            elif kind == BYE:
                break
        return session


class Client:
    def __init__(self, rng, number):
        self.rng = rng
        self.number = number
        self.token = rng.randbytes(32)

    def talk(self, sock):
        burst = [encode(HELLO, self.number.to_bytes(8, "big") + self.token)]
        for _ in range(self.rng.randint(3, 9)):
            burst.append(encode(CALL, self.rng.randbytes(self.rng.randint(4000, 13000))))
        burst.append(encode(BYE, b""))
        sock.sendall(b"".join(burst))
        sock.shutdown(socket.SHUT_WR)


def main():
    rng = random.Random(606)
    gateway = Gateway()
    resumable = checksum = 0
    for number in range(1600):
        ours, theirs = socket.socketpair()
        with ours, theirs:
            client = Client(rng, rng.getrandbits(48))
            client.talk(theirs)
            session = gateway.serve(ours)
        checksum ^= session.checksum
        resumable += gateway.registry.may_resume(client.number, client.token)
    calls = sum(s.calls for s in gateway.registry.by_client.values())
    print(f"sessions={len(gateway.registry.by_client)} resumable={resumable} calls={calls} "
          f"bytes={gateway.bytes_in} check={checksum:08x}")
    return gateway


if __name__ == "__main__":
    SERVER = main()
