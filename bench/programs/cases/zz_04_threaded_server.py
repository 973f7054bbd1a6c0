import socket
import struct
import threading
import zlib

from harness import case, run


class UploadThread(threading.Thread):
    def __init__(self, server, sock):
        super().__init__(daemon=False)
        self.server = server
        self.sock = sock
        self.body = b""

    def run(self):
        with self.sock:
            size, = struct.unpack("!I", self.sock.recv(4, socket.MSG_WAITALL))
            self.body = self.sock.recv(size, socket.MSG_WAITALL)
            self.server.stored(zlib.crc32(self.body), size)
            self.sock.sendall(b"201")


class UploadServer:
    """A thread a request; `close` waits for those still at work."""

    def __init__(self):
        self.lock = threading.Lock()
        self.threads = []
        self.uploads = 0
        self.octets = 0
        self.check = 0

    def stored(self, check, size):
        with self.lock:
            self.uploads += 1
            self.octets += size
            self.check = (self.check + check) % 1000003

    def track(self, thread):
        self.threads.append(thread)

    def process_request(self, sock):
        thread = UploadThread(self, sock)
        self.track(thread)
        thread.start()

    def close(self):
        for thread in self.threads:
            thread.join()


class ReapingUploadServer(UploadServer):
    def track(self, thread):
        self.threads[:] = [other for other in self.threads if other.is_alive()]
        self.threads.append(thread)


def upload(server, number):
    ours, theirs = socket.socketpair()
    with ours:
        server.process_request(theirs)
        body = (b"row %06d;" % number) * (1300 + number % 50)
        ours.sendall(struct.pack("!I", len(body)) + body)
        return ours.recv(3)


def serve(server, requests):
    answers = [upload(server, number) for number in range(requests)]
    print(server.uploads, server.octets, server.check, answers.count(b"201"))
    return server


@case("zz 04 threaded server")
class _:
    def bad():
        return serve(UploadServer(), 4000)

    def good():
        return serve(ReapingUploadServer(), 4000)


if __name__ == "__main__":
    kept = run()
