import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e29 fixed pool of connections with receive buffers')
class _:
    def setup(): import socket, threading, queue, random
    def good():
        import socket, threading, queue, random, zlib
        class Connection:
            def __init__(s):
                s.sock,peer=socket.socketpair(); s.rx=bytearray(3_000_000); s.crc=0
                s.peer=threading.Thread(target=serve,args=(peer,),daemon=True); s.peer.start()
            def ask(s,seed):
                s.sock.sendall(seed.to_bytes(4,'big')); n=int.from_bytes(s.sock.recv(4,socket.MSG_WAITALL),'big'); v=memoryview(s.rx)[:n]; got=0
                while got<n: got+=s.sock.recv_into(v[got:])
                s.crc=zlib.crc32(v,s.crc); return n
        def serve(peer):
            with peer:
                while (q:=peer.recv(4,socket.MSG_WAITALL)):
                    r=random.Random(q); n=r.randrange(2_900_000,3_000_001); peer.sendall(n.to_bytes(4,'big')); left=n
                    while left: b=r.randbytes(min(left,65536)); peer.sendall(b); left-=len(b)
        pool=queue.Queue(); total=0
        for k in range(10): pool.put(Connection())
        for req in range(80):
            c=pool.get(); total+=c.ask(req); pool.put(c)
        return pool,total


if __name__ == "__main__":
    kept = run()
