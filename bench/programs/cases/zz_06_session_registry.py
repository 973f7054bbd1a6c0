import weakref
import zlib

from harness import case, run


class Connection:
    def __init__(self, peer):
        self.peer = peer
        self.sent = 0

    def send(self, data):
        self.sent += len(data)

    def close(self):
        self.peer = None


class Session:
    """What the server knows of one connection."""

    def __init__(self, connection):
        self.connection = connection
        self.history = bytearray()
        self.check = 0

    def transport(self):
        return self.connection

    def receive(self, data):
        self.history += data
        self.check = zlib.crc32(data, self.check)
        self.transport().send(b"ok %08x" % self.check)


class DetachedSession(Session):
    def __init__(self, connection):
        super().__init__(weakref.ref(connection))

    def transport(self):
        return self.connection()


class SessionRegistry:
    """Sessions by connection: an entry goes when its connection goes."""

    def __init__(self, factory):
        self.factory = factory
        self.sessions = weakref.WeakKeyDictionary()

    def session_for(self, connection):
        session = self.sessions.get(connection)
        if session is None:
            session = self.sessions[connection] = self.factory(connection)
        return session


def chat(registry, number):
    connection = Connection(("10.0.%d.%d" % divmod(number, 256), 5000))
    for turn in range(900):
        message = (b"%d/%d " % (number, turn)) * 17
        registry.session_for(connection).receive(message)
    check = registry.session_for(connection).check
    connection.close()
    return connection.sent, check


def serve(factory, clients):
    registry = SessionRegistry(factory)
    sent = check = 0
    for number in range(clients):
        octets, one = chat(registry, number)
        sent += octets
        check = (check * 31 + one) % 1000003
    print(clients, sent, check)
    return registry


@case("zz 06 session registry")
class _:
    def bad():
        return serve(Session, 520)

    def good():
        return serve(DetachedSession, 520)


if __name__ == "__main__":
    kept = run()
