import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('08 data loader shared by all requests')
class _:
    def setup(): import aiodataloader
    def bad():
        import asyncio
        from aiodataloader import DataLoader
        async def fetch(keys): return [{'id':k,'name':f'user {k}','bio':'b'*500+str(k)} for k in keys]
        async def main():
            loader=DataLoader(fetch)
            for request in range(300):
                users=await loader.load_many(range(request*200,request*200+200))
                assert len(users)==200
            return loader
        return asyncio.run(main())
    def good():
        import asyncio
        from aiodataloader import DataLoader
        async def fetch(keys): return [{'id':k,'name':f'user {k}','bio':'b'*500+str(k)} for k in keys]
        async def main():
            for request in range(300):
                loader=DataLoader(fetch)
                users=await loader.load_many(range(request*200,request*200+200))
                assert len(users)==200
            return loader
        return asyncio.run(main())


if __name__ == "__main__":
    kept = run()
