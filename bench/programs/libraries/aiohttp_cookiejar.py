"""Crawler: walks the pages of a few shops behind one loopback front end."""
import asyncio
import socket
import time

import aiohttp
from aiohttp.abc import AbstractResolver

PAGES = 6000
HOSTS = ["www.eu.shop-%d.example.com" % i for i in range(4)]


class FrontResolver(AbstractResolver):
    """Sends every host name to the local front end."""

    def __init__(self, port):
        self.port = port

    async def resolve(self, host, port=0, family=socket.AF_INET):
        return [{"hostname": host, "host": "127.0.0.1", "port": self.port,
                 "family": socket.AF_INET, "proto": 0, "flags": 0}]

    async def close(self):
        pass


async def front_end(reader, writer):
    body = b"<html><body>item</body></html>"
    head = (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
            b"Set-Cookie: sid=abc123; Path=/\r\nContent-Length: %d\r\n\r\n" % len(body))
    try:
        while await reader.readuntil(b"\r\n\r\n"):
            writer.write(head + body)
    except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
        writer.close()


def page_urls(port):
    for n in range(PAGES):
        host = HOSTS[n % len(HOSTS)]
        path = "/catalogue/section-%d/shelf-%d/row-%d/product-%07d/variants/colour-%d/size-%d/reviews/page-%d" % (
            n % 7, n // 3, n // 2, n, n % 5, n % 4, n % 9)
        yield "http://%s:%d%s" % (host, port, path)


async def crawl(port):
    seen = 0
    connector = aiohttp.TCPConnector(resolver=FrontResolver(port), limit=8)
    async with aiohttp.ClientSession(connector=connector) as session:
        for url in page_urls(port):
            async with session.get(url) as response:
                text = await response.text()
                seen += "item" in text
        print("pages", seen, "cookies", len(session.cookie_jar))
        time.sleep(0.3)


async def main():
    server = await asyncio.start_server(front_end, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    await crawl(port)
    server.close()


asyncio.run(main())
