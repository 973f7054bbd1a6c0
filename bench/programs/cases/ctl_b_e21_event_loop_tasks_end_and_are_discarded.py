import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E21 event loop, tasks end and are discarded')
class _:
    def good():
        import asyncio, random, hashlib
        class Mirror:
            def __init__(s): s.body={}; s.tag={}; s.running=set()
            async def fetch(s,url):
                async with s.gate:
                    await asyncio.sleep(0)
                    s.body[url]=b=random.Random(url).randbytes(18_000); s.tag[url]=hashlib.md5(b).digest()
            async def run(s,urls):
                s.gate=asyncio.Semaphore(32)
                for i,u in enumerate(urls):
                    t=asyncio.create_task(s.fetch(u)); s.running.add(t); t.add_done_callback(s.running.discard)
                    if len(s.running)>=64: await asyncio.sleep(0)
                while s.running: await asyncio.sleep(0)
        m=Mirror(); urls=[f'https://mirror.example/pool/{i}.deb' for i in range(2000)]
        asyncio.run(m.run(urls))
        bad=sum(hashlib.md5(m.body[u]).digest()!=m.tag[u] for u in urls); n=0
        for u in random.Random(0).choices(urls,k=5000): n+=m.body[u].count(b'\0')
        return m,bad,n


if __name__ == "__main__":
    kept = run()
