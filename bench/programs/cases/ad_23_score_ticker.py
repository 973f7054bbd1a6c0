"""Live score ticker: pushes compressed score updates to every open connection."""
import json
import zlib

from harness import case, run

CONNECTIONS = 420
UPDATES = 60


class Spectator:
    """The far end: unpacks the messages and counts goals."""

    def __init__(self):
        self.inflate = zlib.decompressobj(wbits=-15)
        self.goals = 0

    def receive(self, frame):
        message = json.loads(self.inflate.decompress(frame + b"\x00\x00\xff\xff"))
        self.goals += message["goals"]


class MessageDeflate:
    settings = {"wbits": -15}

    def __init__(self):
        self.encoder = zlib.compressobj(**self.settings)

    def pack(self, text):
        frame = self.encoder.compress(text) + self.encoder.flush(zlib.Z_SYNC_FLUSH)
        return frame[:-4]


class TunedMessageDeflate(MessageDeflate):
    settings = {"wbits": -12, "memLevel": 5}


class Connection:
    def __init__(self, number, extension):
        self.number = number
        self.extension = extension
        self.frames = 0
        self.spectator = Spectator() if number == 0 else None

    def send(self, text):
        frame = self.extension.pack(text)
        self.frames += 1
        if self.spectator:
            self.spectator.receive(frame)


class Ticker:
    def __init__(self, extension_type):
        self.connections = [Connection(n, extension_type()) for n in range(CONNECTIONS)]

    def publish(self, minute):
        message = {"minute": minute, "goals": minute % 4, "lineup": [
            {"player": f"player {k * minute % 97}", "pace": k * minute % 31} for k in range(60)]}
        text = json.dumps(message).encode()
        for connection in self.connections:
            connection.send(text)


def broadcast(extension_type):
    ticker = Ticker(extension_type)
    for minute in range(1, UPDATES + 1):
        ticker.publish(minute)
    frames = sum(connection.frames for connection in ticker.connections)
    print(f"{len(ticker.connections)} connections, {frames} frames, "
          f"{ticker.connections[0].spectator.goals} goals seen")
    return ticker


@case("ad 23 score ticker")
class _:
    def bad():
        return broadcast(MessageDeflate)

    def good():
        return broadcast(TunedMessageDeflate)


if __name__ == "__main__":
    kept = run()
