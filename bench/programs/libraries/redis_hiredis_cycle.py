"""Queue worker: opens a client for each job, takes a number, reads the settings."""
import asyncio
import time

import redis.asyncio as redis

JOBS = 800
SETTINGS = b"rule=on;limit=25;" * 6_000  # about 100 kB


async def store(reader, writer):
    """A small stand-in for the redis server."""
    data = {}
    try:
        while True:
            line = await reader.readline()
            if not line:
                break
            words = []
            for _ in range(int(line[1:])):
                size = int((await reader.readline())[1:])
                words.append((await reader.readexactly(size + 2))[:-2])
            name = words[0].upper()
            if name in (b"INCR", b"INCRBY"):
                data[words[1]] = data.get(words[1], 0) + 1
                writer.write(b":%d\r\n" % data[words[1]])
            elif name == b"GET":
                writer.write(b"$%d\r\n%s\r\n" % (len(SETTINGS), SETTINGS))
            else:
                writer.write(b"+OK\r\n")
    except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
        pass
    finally:
        writer.close()


async def job(port, number):
    client = redis.Redis(host="127.0.0.1", port=port)
    try:
        run = await client.incr("runs")
        await client.set("state:%d" % number, "started")
        settings = await client.get("settings")
        return run, settings.count(b"rule")
    finally:
        await client.close()
        await client.connection_pool.disconnect()


async def main():
    server = await asyncio.start_server(store, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    done = 0
    for number in range(JOBS):
        done += (await job(port, number))[0] > 0
    print("jobs", done)
    time.sleep(0.3)
    server.close()


asyncio.run(main())
