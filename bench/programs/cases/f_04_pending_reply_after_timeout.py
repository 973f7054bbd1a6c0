import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('04 pending reply after timeout')
class _:
    def setup(): import asyncio
    def bad():
        import asyncio
        class RpcChannel:
            def __init__(self): self.pending={}
            async def call(self,msg_id,payload):
                fut=asyncio.get_running_loop().create_future()
                self.pending[msg_id]=(fut,payload)
                if msg_id%5==0: self.on_reply(msg_id,b'ok')
                return await asyncio.wait_for(fut,0.01)
            def on_reply(self,msg_id,data):
                fut,_=self.pending.pop(msg_id); fut.set_result(data)
        async def main(chan):
            late=0
            for base in range(0,500,10):
                got=await asyncio.gather(*(chan.call(base+k,bytearray(b'p')*120_000) for k in range(10)),return_exceptions=True)
                late+=sum(isinstance(g,asyncio.TimeoutError) for g in got)
            return late
        chan=RpcChannel()
        print('timeouts',asyncio.run(main(chan)))
        return chan
    def good():
        import asyncio
        class RpcChannel:
            def __init__(self): self.pending={}
            async def call(self,msg_id,payload):
                fut=asyncio.get_running_loop().create_future()
                self.pending[msg_id]=(fut,payload)
                try:
                    if msg_id%5==0: self.on_reply(msg_id,b'ok')
                    return await asyncio.wait_for(fut,0.01)
                finally:
                    self.pending.pop(msg_id,None)
            def on_reply(self,msg_id,data):
                fut,_=self.pending.pop(msg_id); fut.set_result(data)
        async def main(chan):
            late=0
            for base in range(0,500,10):
                got=await asyncio.gather(*(chan.call(base+k,bytearray(b'p')*120_000) for k in range(10)),return_exceptions=True)
                late+=sum(isinstance(g,asyncio.TimeoutError) for g in got)
            return late
        chan=RpcChannel()
        print('timeouts',asyncio.run(main(chan)))
        return chan


if __name__ == "__main__":
    kept = run()
