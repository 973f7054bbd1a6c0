# sized
import asyncio
import csv
from asyncio import StreamWriter, open_connection
async def sent(batches):
    reader, writer = await asyncio.open_connection("host", 1)
    for batch in batches:
        writer.write(batch)  # expect: HW733
    await writer.drain()
    writer.close()
async def by_type(out: StreamWriter, source):
    async for part in source:
        out.write(part)  # expect: HW733
async def echo(reader, peer):
    while True:
        line = await reader.readline()
        if not line:
            break
        peer.write(line)  # expect: HW733
async def serve():
    await asyncio.start_server(echo, "127.0.0.1", 0)
class Forwarder:
    async def connect(self):
        _, self.writer = await open_connection("host", 1)
        self.port = 1
    async def send(self, lines):
        body = "".join(lines).encode()
        self.writer.write(body)  # expect: HW733
    async def finish(self):
        self.writer.write(b"end")
        await self.writer.drain()
async def run(source):
    forwarder = Forwarder()
    await forwarder.connect()
    async for lines in source:
        await forwarder.send(lines)
    await forwarder.finish()
class Sink:
    def __init__(self, writer: asyncio.StreamWriter):
        self._out = writer
    async def pour(self, parts):
        for part in parts:
            self._out.writelines([part, b"\n"])  # expect: HW733
class Protocol(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
    def flood(self, parts):
        for part in parts:
            self.transport.write(part)  # expect: HW733
async def drained(batches):
    reader, writer = await asyncio.open_connection("host", 1)
    for batch in batches:
        writer.write(batch)
        await writer.drain()
async def drained_at_times(batches):
    reader, writer = await asyncio.open_connection("host", 1)
    for number, batch in enumerate(batches):
        writer.write(batch)
        if number % 10 == 0:
            await writer.drain()
async def drained_by(batches):
    reader, writer = await asyncio.open_connection("host", 1)
    for batch in batches:
        writer.write(batch)
        await _flush(writer)
async def _flush(writer):
    await writer.drain()
async def once(data):
    reader, writer = await asyncio.open_connection("host", 1)
    writer.write(data)
    writer.close()
class Careful:
    async def connect(self):
        _, self._pipe = await asyncio.open_unix_connection("/x")
    async def post(self, data):
        self._pipe.write(data)
    async def all(self, parts):
        for part in parts:
            await self.post(part)
            await self._pipe.drain()
async def to_file(path, rows):
    with open(path, "w") as out:
        writer = csv.writer(out)
        for row in rows:
            out.write(row)
            writer.writerow(row)
async def each_connection(hosts, data):
    for host in hosts:
        reader, writer = await asyncio.open_connection(host, 1)
        writer.write(data)
        writer.close()
        await writer.wait_closed()
def plain(out: StreamWriter, head):
    for each in head:
        out.write(each)
async def answered(questions):
    reader, writer = await asyncio.open_connection("host", 1)
    for each in questions:
        writer.write(each)
        print(await reader.readline())
class Client:
    async def connect(self):
        self._in, self._out = await open_connection("host", 1)
    async def ask(self, question):
        self._out.write(question)
        return await self._in.readuntil(b"\r\n")
    async def every(self, questions):
        for each in questions:
            print(await self.ask(each))
async def passed_on(host):
    reader, writer = await asyncio.open_connection(host, 1)
    other, out = await asyncio.open_connection(host, 2)
    while data := await reader.read(1 << 16):
        out.write(data)  # expect: HW733
