import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('14 compressor for each idle connection')
class _:
    def setup():
        import zlib

    def bad():
        import zlib

        class Connection:
            def __init__(self, client):
                self.client = client
                self.deflate = zlib.compressobj(6, zlib.DEFLATED, -15)

            def frame(self, message):
                data = self.deflate.compress(message.encode())
                return data + self.deflate.flush(zlib.Z_SYNC_FLUSH)

        class Hub:
            def __init__(self):
                self.connections = {}

            def join(self, client):
                self.connections[client] = Connection(client)

            def broadcast(self, message):
                return sum(len(connection.frame(message)) > 0 for connection in self.connections.values())

        hub = Hub()
        for client in range(800):
            hub.join(client)
        frames = sum(hub.broadcast(json.dumps({'tick': tick, 'bid': tick * 3 % 17, 'ask': tick * 5 % 19}))
                     for tick in range(12))
        print(len(hub.connections), 'connections', frames, 'frames')
        return hub

    def good():
        import zlib

        class Connection:
            def __init__(self, client):
                self.client = client
                self.deflate = zlib.compressobj(6, zlib.DEFLATED, -10, 3)

            def frame(self, message):
                data = self.deflate.compress(message.encode())
                return data + self.deflate.flush(zlib.Z_SYNC_FLUSH)

        class Hub:
            def __init__(self):
                self.connections = {}

            def join(self, client):
                self.connections[client] = Connection(client)

            def broadcast(self, message):
                return sum(len(connection.frame(message)) > 0 for connection in self.connections.values())

        hub = Hub()
        for client in range(800):
            hub.join(client)
        frames = sum(hub.broadcast(json.dumps({'tick': tick, 'bid': tick * 3 % 17, 'ask': tick * 5 % 19}))
                     for tick in range(12))
        print(len(hub.connections), 'connections', frames, 'frames')
        return hub


if __name__ == "__main__":
    kept = run()
