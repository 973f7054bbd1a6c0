"""Programs with a real memory fault (bad) and their mended twins (good), second set.

`python f.py` runs every case in fresh processes and prints net and peak memory of both twins;
`python f.py NAME bad|good` runs one. The sources of each fault stand in f.json.
"""
import sys, gc, os, json, time
def rss():
    with open('/proc/self/statm') as f: return int(f.read().split()[1])*4096
def hwm():
    for l in open('/proc/self/status'):
        if l.startswith('VmHWM'): return int(l.split()[1])*1024
def reset_hwm():
    with open('/proc/self/clear_refs','w') as f: f.write('5')
CASES={}
import tempfile
D=os.path.join(tempfile.gettempdir(),'memory-cases-f'); os.makedirs(D,exist_ok=True)
def case(name):
    def d(cls): CASES[name]=cls; return cls
    return d
def fixture(name,build):
    path=os.path.join(D,name)
    if not os.path.exists(path):
        pid=os.fork()
        if pid==0:
            code=1
            try: build(path+'.part'); os.rename(path+'.part',path); code=0
            finally: os._exit(code)
        os.waitpid(pid,0)
    return path
# each class: setup() (imports, fixtures), bad(), good() -> kept state
# ---------------------------------------------------------------- A. retention
@case('03 shared exception instance')
class _:
    def bad():
        class PoolEmpty(Exception): pass
        class ConnectionPool:
            EMPTY=PoolEmpty('no free connection')
            def acquire(self):
                raise self.EMPTY
        def handle(pool,i):
            body=bytearray(b'x')*200_000
            try: pool.acquire()
            except PoolEmpty: return len(body)
        pool=ConnectionPool()
        print('served',sum(handle(pool,i) for i in range(300)))
        return pool
    def good():
        class PoolEmpty(Exception): pass
        class ConnectionPool:
            def acquire(self):
                raise PoolEmpty('no free connection')
        def handle(pool,i):
            body=bytearray(b'x')*200_000
            try: pool.acquire()
            except PoolEmpty: return len(body)
        pool=ConnectionPool()
        print('served',sum(handle(pool,i) for i in range(300)))
        return pool
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
@case('06 stop event waiter per message')
class _:
    def setup(): import asyncio
    def bad():
        import asyncio
        class Consumer:
            def __init__(self):
                self.queue=asyncio.Queue(); self.closed=asyncio.Event()
            async def next(self):
                get=asyncio.create_task(self.queue.get())
                closed=asyncio.create_task(self.closed.wait())
                done,_=await asyncio.wait({get,closed},return_when=asyncio.FIRST_COMPLETED)
                return get.result() if get in done else None
        async def main(c):
            total=0
            for i in range(48_000):
                c.queue.put_nowait(i); total+=await c.next()
            return total
        loop=asyncio.new_event_loop(); c=Consumer()
        print('consumed',loop.run_until_complete(main(c)))
        return loop,c
    def good():
        import asyncio
        class Consumer:
            def __init__(self):
                self.queue=asyncio.Queue(); self.closed=asyncio.Event(); self.closing=None
            async def next(self):
                if self.closing is None: self.closing=asyncio.create_task(self.closed.wait())
                get=asyncio.create_task(self.queue.get())
                done,_=await asyncio.wait({get,self.closing},return_when=asyncio.FIRST_COMPLETED)
                return get.result() if get in done else None
        async def main(c):
            total=0
            for i in range(48_000):
                c.queue.put_nowait(i); total+=await c.next()
            return total
        loop=asyncio.new_event_loop(); c=Consumer()
        print('consumed',loop.run_until_complete(main(c)))
        return loop,c
@case('08 mutable default argument')
class _:
    def bad():
        def normalise(record,dropped=[]):
            for key in [k for k in record if k.startswith('_')]:
                dropped.append(record.pop(key))
            return record
        n=0
        for i in range(400):
            n+=len(normalise({'id':i,'name':f'row {i}','_raw':bytearray(b'r')*150_000}))
        print('fields',n)
        return normalise
    def good():
        def normalise(record,dropped=None):
            for key in [k for k in record if k.startswith('_')]:
                value=record.pop(key)
                if dropped is not None: dropped.append(value)
            return record
        n=0
        for i in range(400):
            n+=len(normalise({'id':i,'name':f'row {i}','_raw':bytearray(b'r')*150_000}))
        print('fields',n)
        return normalise
@case('10 log handler per job')
class _:
    def setup(): import logging, io
    def bad():
        import logging, io
        log=logging.getLogger('worker.job'); log.setLevel(logging.INFO); log.propagate=False
        def run_job(i):
            stream=io.StringIO()
            handler=logging.StreamHandler(stream)
            log.addHandler(handler)
            for step in range(30): log.info('job %d step %d %s',i,step,'='*1000)
            return len(stream.getvalue())
        print('log bytes',sum(run_job(i) for i in range(60)))
    def good():
        import logging, io
        log=logging.getLogger('worker.job'); log.setLevel(logging.INFO); log.propagate=False
        def run_job(i):
            stream=io.StringIO()
            handler=logging.StreamHandler(stream)
            log.addHandler(handler)
            try:
                for step in range(30): log.info('job %d step %d %s',i,step,'='*1000)
                return len(stream.getvalue())
            finally:
                log.removeHandler(handler); handler.close()
        print('log bytes',sum(run_job(i) for i in range(60)))
@case('11 warning text with data')
class _:
    def setup():
        import warnings, logging
        logging.captureWarnings(True); logging.getLogger('py.warnings').addHandler(logging.NullHandler()); logging.getLogger('py.warnings').propagate=False
        warnings.simplefilter('default')
    def bad():
        import warnings
        def clip(i,value):
            if value>100:
                warnings.warn(f'sensor reading {i} was {value:.3f}, clipped to 100',RuntimeWarning)
                return 100.0
            return value
        print('sum',round(sum(clip(i,90+i%1000/7) for i in range(190_000)),3))
    def good():
        import warnings
        def clip(i,value):
            if value>100:
                warnings.warn('sensor readings above 100 are clipped',RuntimeWarning)
                return 100.0
            return value
        print('sum',round(sum(clip(i,90+i%1000/7) for i in range(190_000)),3))
@case('14 TLS context per client')
class _:
    def setup(): import httpx, ssl, certifi
    def bad():
        import httpx
        clients={}
        def client_for(tenant):
            if tenant not in clients:
                clients[tenant]=httpx.Client(base_url=f'https://{tenant}.example.com',headers={'x-tenant':tenant})
            return clients[tenant]
        print('hosts',len({client_for(f't{i}').base_url.host for i in range(80)}))
        return clients
    def good():
        import httpx, ssl, certifi
        clients={}
        tls=ssl.create_default_context(cafile=certifi.where())
        def client_for(tenant):
            if tenant not in clients:
                clients[tenant]=httpx.Client(base_url=f'https://{tenant}.example.com',headers={'x-tenant':tenant},verify=tls)
            return clients[tenant]
        print('hosts',len({client_for(f't{i}').base_url.host for i in range(80)}))
        return clients
@case('16 scoped_session never removed')
class _:
    def setup(): import sqlalchemy.orm, sqlalchemy.pool, contextvars
    def bad():
        import contextvars
        from sqlalchemy import create_engine, text
        from sqlalchemy.orm import scoped_session, sessionmaker
        from sqlalchemy.pool import StaticPool
        request_id=contextvars.ContextVar('request_id')
        engine=create_engine('sqlite://',poolclass=StaticPool)
        Session=scoped_session(sessionmaker(engine),scopefunc=request_id.get)
        def handle(i):
            request_id.set(f'req-{i}')
            return Session.execute(text('select 1')).scalar_one()
        print('rows',sum(handle(i) for i in range(8000)))
        return Session
    def good():
        import contextvars
        from sqlalchemy import create_engine, text
        from sqlalchemy.orm import scoped_session, sessionmaker
        from sqlalchemy.pool import StaticPool
        request_id=contextvars.ContextVar('request_id')
        engine=create_engine('sqlite://',poolclass=StaticPool)
        Session=scoped_session(sessionmaker(engine),scopefunc=request_id.get)
        def handle(i):
            request_id.set(f'req-{i}')
            try: return Session.execute(text('select 1')).scalar_one()
            finally: Session.remove()
        print('rows',sum(handle(i) for i in range(8000)))
        return Session
@case('18 signal receiver weak=False')
class _:
    def setup():
        global order_saved
        from django.dispatch import Signal
        order_saved=Signal()
    def bad():
        class IndexBatch:
            def __init__(self):
                self.buffer=bytearray(b'b')*300_000; self.seen=0
                order_saved.connect(self.on_saved,weak=False)
            def on_saved(self,sender,**kw): self.seen+=1
        n=0
        for i in range(200):
            batch=IndexBatch()
            order_saved.send(sender='orders',pk=i)
            n+=batch.seen
        print('indexed',n)
    def good():
        class IndexBatch:
            def __init__(self):
                self.buffer=bytearray(b'b')*300_000; self.seen=0
                order_saved.connect(self.on_saved)
            def on_saved(self,sender,**kw): self.seen+=1
            def close(self): order_saved.disconnect(self.on_saved)
        n=0
        for i in range(200):
            batch=IndexBatch()
            order_saved.send(sender='orders',pk=i)
            n+=batch.seen
            batch.close()
        print('indexed',n)
@case('21 ctypes pointer type per size')
class _:
    def setup(): import ctypes
    def bad():
        import ctypes
        data=bytes(range(256))*64
        buf=ctypes.create_string_buffer(len(data)); addr=ctypes.addressof(buf)
        def read_block(pos,size):
            block=ctypes.cast(addr,ctypes.POINTER(ctypes.c_ubyte*size))
            ctypes.memmove(block,data[pos:pos+size],size)
            return size
        print('copied',sum(read_block(0,size) for size in range(1,12_001)))
    def good():
        import ctypes
        data=bytes(range(256))*64
        buf=ctypes.create_string_buffer(len(data)); addr=ctypes.addressof(buf)
        def read_block(pos,size):
            ctypes.memmove(addr,data[pos:pos+size],size)
            return size
        print('copied',sum(read_block(0,size) for size in range(1,12_001)))
@case('22 script modules in sys.modules')
class _:
    def setup():
        import importlib.util
        def build(path):
            with open(path,'w') as f: f.write('WEIGHTS = [i * i + 1000 for i in range(20_000)]\ndef score(x): return WEIGHTS[x % len(WEIGHTS)]\n')
        fixture('rules.py',build)
    def bad():
        import importlib.util
        path=os.path.join(D,'rules.py')
        def run_rules(job):
            name=f'rules_{job}'
            spec=importlib.util.spec_from_file_location(name,path)
            module=importlib.util.module_from_spec(spec)
            sys.modules[name]=module
            spec.loader.exec_module(module)
            return module.score(job)
        print('score',sum(run_rules(i) for i in range(80)))
    def good():
        import importlib.util
        path=os.path.join(D,'rules.py')
        def load_rules(path):
            name='rules_'+os.path.splitext(os.path.basename(path))[0]
            if name not in sys.modules:
                spec=importlib.util.spec_from_file_location(name,path)
                sys.modules[name]=importlib.util.module_from_spec(spec)
                spec.loader.exec_module(sys.modules[name])
            return sys.modules[name]
        def run_rules(job): return load_rules(path).score(job)
        print('score',sum(run_rules(i) for i in range(80)))
@case('24 finalizer bound to its object')
class _:
    def setup(): import weakref
    def bad():
        import weakref
        class Reader:
            def __init__(self,i):
                self.data=bytearray(b'd')*300_000; self.open=True
                self._finalizer=weakref.finalize(self,self.close)
            def close(self): self.open=False
        print('read',sum(len(Reader(i).data) for i in range(200)))
    def good():
        import weakref
        class Reader:
            def __init__(self,i):
                self.data=bytearray(b'd')*300_000; self.state={'open':True}
                self._finalizer=weakref.finalize(self,Reader._release,self.state)
            @staticmethod
            def _release(state): state['open']=False
        print('read',sum(len(Reader(i).data) for i in range(200)))
@case('25 descriptor keeps instances')
class _:
    def bad():
        class Field:
            def __init__(self,kind): self.kind=kind; self._memory={}
            def __get__(self,obj,owner): return self if obj is None else self._memory[obj]
            def __set__(self,obj,value):
                if not isinstance(value,self.kind): raise TypeError(value)
                self._memory[obj]=value
        class Message:
            body=Field(bytearray)
            def __init__(self,body): self.body=body
        print('bytes',sum(len(Message(bytearray(b'm')*200_000).body) for i in range(300)))
        return Message
    def good():
        class Field:
            def __init__(self,kind): self.kind=kind
            def __set_name__(self,owner,name): self.name=name
            def __get__(self,obj,owner): return self if obj is None else obj.__dict__[self.name]
            def __set__(self,obj,value):
                if not isinstance(value,self.kind): raise TypeError(value)
                obj.__dict__[self.name]=value
        class Message:
            body=Field(bytearray)
            def __init__(self,body): self.body=body
        print('bytes',sum(len(Message(bytearray(b'm')*200_000).body) for i in range(300)))
        return Message
@case('28 timer captures request context')
class _:
    def setup(): import asyncio, contextvars
    def bad():
        import asyncio, contextvars
        request_body=contextvars.ContextVar('request_body')
        class Upstreams:
            def __init__(self): self.idle={}
            def get(self,host):
                if host not in self.idle:
                    self.idle[host]=asyncio.get_running_loop().call_later(300,self.expire,host)
                return host
            def expire(self,host): self.idle.pop(host)
        async def handle(ups,i):
            request_body.set(bytearray(b'q')*400_000)
            ups.get(f'shard-{i}.internal')
            await asyncio.sleep(0)
            return len(request_body.get())
        async def main(ups):
            return sum([await asyncio.create_task(handle(ups,i)) for i in range(150)])
        loop=asyncio.new_event_loop(); ups=Upstreams()
        print('received',loop.run_until_complete(main(ups)))
        return loop,ups
    def good():
        import asyncio, contextvars
        request_body=contextvars.ContextVar('request_body')
        class Upstreams:
            def __init__(self): self.idle={}
            def get(self,host):
                if host not in self.idle:
                    self.idle[host]=asyncio.get_running_loop().call_later(300,self.expire,host,context=contextvars.Context())
                return host
            def expire(self,host): self.idle.pop(host)
        async def handle(ups,i):
            request_body.set(bytearray(b'q')*400_000)
            ups.get(f'shard-{i}.internal')
            await asyncio.sleep(0)
            return len(request_body.get())
        async def main(ups):
            return sum([await asyncio.create_task(handle(ups,i)) for i in range(150)])
        loop=asyncio.new_event_loop(); ups=Upstreams()
        print('received',loop.run_until_complete(main(ups)))
        return loop,ups
@case('30 queue of a departed subscriber')
class _:
    def setup(): import asyncio
    def bad():
        import asyncio
        class Broadcast:
            def __init__(self): self.subscribers=set()
            def publish(self,event):
                for q in self.subscribers: q.put_nowait(event)
            async def stream(self,limit):
                q=asyncio.Queue()
                self.subscribers.add(q)
                for _ in range(limit): yield await q.get()
        async def client(bus,limit):
            n=0
            async for event in bus.stream(limit): n+=len(event)
            return n
        async def main(bus):
            clients=[asyncio.create_task(client(bus,limit)) for limit in (5,50,4000)]
            await asyncio.sleep(0)
            for i in range(4000):
                bus.publish(b'%08d'%i*1500)
                await asyncio.sleep(0)
            return sum(await asyncio.gather(*clients))
        bus=Broadcast()
        print('delivered',asyncio.run(main(bus)))
        return bus
    def good():
        import asyncio
        class Broadcast:
            def __init__(self): self.subscribers=set()
            def publish(self,event):
                for q in self.subscribers: q.put_nowait(event)
            async def stream(self,limit):
                q=asyncio.Queue()
                self.subscribers.add(q)
                try:
                    for _ in range(limit): yield await q.get()
                finally:
                    self.subscribers.discard(q)
        async def client(bus,limit):
            n=0
            async for event in bus.stream(limit): n+=len(event)
            return n
        async def main(bus):
            clients=[asyncio.create_task(client(bus,limit)) for limit in (5,50,4000)]
            await asyncio.sleep(0)
            for i in range(4000):
                bus.publish(b'%08d'%i*1500)
                await asyncio.sleep(0)
            return sum(await asyncio.gather(*clients))
        bus=Broadcast()
        print('delivered',asyncio.run(main(bus)))
        return bus
@case('32 worker thread never stopped')
class _:
    def setup(): import threading, queue
    def bad():
        import threading, queue
        class Decoder:
            def __init__(self):
                self.inbox=queue.Queue(); self.outbox=queue.Queue()
                threading.Thread(target=self._run,daemon=True).start()
            def _run(self):
                scratch=bytearray(b's')*1_500_000
                while (item:=self.inbox.get()) is not None:
                    scratch[:len(item)]=item; self.outbox.put(len(item))
            def decode(self,item): self.inbox.put(item); return self.outbox.get()
        def handle(i):
            return Decoder().decode(b'frame'*(i+1))
        print('decoded',sum(handle(i) for i in range(40)))
    def good():
        import threading, queue
        class Decoder:
            def __init__(self):
                self.inbox=queue.Queue(); self.outbox=queue.Queue()
                self.thread=threading.Thread(target=self._run,daemon=True); self.thread.start()
            def _run(self):
                scratch=bytearray(b's')*1_500_000
                while (item:=self.inbox.get()) is not None:
                    scratch[:len(item)]=item; self.outbox.put(len(item))
            def decode(self,item): self.inbox.put(item); return self.outbox.get()
            def close(self): self.inbox.put(None); self.thread.join()
        def handle(i):
            decoder=Decoder()
            try: return decoder.decode(b'frame'*(i+1))
            finally: decoder.close()
        print('decoded',sum(handle(i) for i in range(40)))
@case('34 linecache of generated code')
class _:
    def setup(): import linecache, itertools, weakref
    def bad():
        import linecache, itertools
        serial=itertools.count()
        def make_loader(fields):
            src='def load(row):\n    out = {}\n'+''.join(f'    out["{f}"] = row.get("{f}", None)\n' for f in fields)+'    return out\n'
            filename=f'<generated loader {next(serial)}>'
            ns={}
            exec(compile(src,filename,'exec'),ns)
            linecache.cache[filename]=(len(src),None,src.splitlines(True),filename)
            return ns['load']
        n=0
        for i in range(4000):
            load=make_loader([f'column_{i}_{k}' for k in range(60)]); n+=len(load({}))
        print('columns',n)
    def good():
        import linecache, itertools, weakref
        serial=itertools.count()
        def make_loader(fields):
            src='def load(row):\n    out = {}\n'+''.join(f'    out["{f}"] = row.get("{f}", None)\n' for f in fields)+'    return out\n'
            filename=f'<generated loader {next(serial)}>'
            ns={}
            exec(compile(src,filename,'exec'),ns)
            load=ns.pop('load')
            linecache.cache[filename]=(len(src),None,src.splitlines(True),filename)
            weakref.finalize(load,linecache.cache.pop,filename,None)
            return load
        n=0
        for i in range(4000):
            load=make_loader([f'column_{i}_{k}' for k in range(60)]); n+=len(load({}))
        print('columns',n)
@case('35 lock per key')
class _:
    def setup(): import asyncio, weakref
    def bad():
        import asyncio
        locks={}
        def lock_for(owner,number):
            return locks.setdefault((owner,number),asyncio.Lock())
        async def assign(i):
            async with lock_for('acme',i): return i%3
        async def main(): return sum([await assign(i) for i in range(160_000)])
        print('assigned',asyncio.run(main()))
        return locks
    def good():
        import asyncio, weakref
        locks=weakref.WeakValueDictionary()
        def lock_for(owner,number):
            lock=locks.get((owner,number))
            if lock is None: lock=locks[owner,number]=asyncio.Lock()
            return lock
        async def assign(i):
            async with lock_for('acme',i): return i%3
        async def main():
            total=0
            for i in range(160_000): total+=await assign(i)
            return total
        print('assigned',asyncio.run(main()))
        return locks
@case('36 huge patterns in the re cache')
class _:
    def setup(): import re, random
    def bad():
        import re, random
        def blocked(tenant,text):
            rng=random.Random(tenant)
            words=['%010x'%rng.getrandbits(40) for _ in range(1500)]
            pattern=r'\b(?:'+'|'.join(map(re.escape,words))+r')\b'
            return re.search(pattern,text+' '+words[tenant%2*7]) is not None
        print('blocked',sum(blocked(t,'please deliver the parcel') for t in range(210)))
    def good():
        import re, random
        word=re.compile(r'\w+')
        def blocked(tenant,text):
            rng=random.Random(tenant)
            words=['%010x'%rng.getrandbits(40) for _ in range(1500)]
            return not set(words).isdisjoint(word.findall(text+' '+words[tenant%2*7]))
        print('blocked',sum(blocked(t,'please deliver the parcel') for t in range(210)))
@case('38 literal SQL in the statement cache')
class _:
    def setup(): import sqlite3
    def bad():
        import sqlite3
        db=sqlite3.connect(':memory:',isolation_level=None); db.execute('create table event(id integer, note text)')
        def store(batch):
            values=','.join("(%d,'%s')"%row for row in batch)
            db.execute('insert into event values '+values)
        for b in range(110):
            store([(b*1000+k,'n'*200) for k in range(1000)])
            db.execute('delete from event where id%1000!=0')
        print('kept',db.execute('select count(*) from event').fetchone()[0])
        return db
    def good():
        import sqlite3
        db=sqlite3.connect(':memory:',isolation_level=None); db.execute('create table event(id integer, note text)')
        def store(batch):
            db.executemany('insert into event values (?,?)',batch)
        for b in range(110):
            store([(b*1000+k,'n'*200) for k in range(1000)])
            db.execute('delete from event where id%1000!=0')
        print('kept',db.execute('select count(*) from event').fetchone()[0])
        return db
@case('39 uploads on a process-long ExitStack')
class _:
    def setup(): import contextlib, tempfile, hashlib
    def bad():
        import contextlib, hashlib
        class Server:
            def __init__(self): self.resources=contextlib.ExitStack()
            def receive(self,i):
                f=self.resources.enter_context(tempfile.SpooledTemporaryFile(max_size=1<<20))
                for _ in range(8): f.write(b'%07d'%i*8000)
                f.seek(0)
                return hashlib.sha1(f.read()).digest()[0]
        server=Server()
        print('digest',sum(server.receive(i) for i in range(120)))
        return server
    def good():
        import contextlib, hashlib
        class Server:
            def __init__(self): self.resources=contextlib.ExitStack()
            def receive(self,i):
                with tempfile.SpooledTemporaryFile(max_size=1<<20) as f:
                    for _ in range(8): f.write(b'%07d'%i*8000)
                    f.seek(0)
                    return hashlib.sha1(f.read()).digest()[0]
        server=Server()
        print('digest',sum(server.receive(i) for i in range(120)))
        return server
@case('40 lines pile up on live axes')
class _:
    def setup():
        import matplotlib; matplotlib.use('Agg')
        import matplotlib.figure, matplotlib.backends.backend_agg, numpy
        fig=matplotlib.figure.Figure(); matplotlib.backends.backend_agg.FigureCanvasAgg(fig); fig.add_subplot().plot([0,1]); fig.canvas.draw()
    def bad():
        import numpy as np
        from matplotlib.figure import Figure
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        class Monitor:
            def __init__(self):
                self.fig=Figure(); FigureCanvasAgg(self.fig); self.ax=self.fig.add_subplot()
            def update(self,t,y):
                self.ax.plot(t,y,color='C0')
        mon=Monitor(); t=np.linspace(0,1,30_000); shown=0
        for i in range(90):
            mon.update(t,np.sin(t*i)); shown+=1
        mon.fig.canvas.draw()
        print('updates',shown)
        return mon
    def good():
        import numpy as np
        from matplotlib.figure import Figure
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        class Monitor:
            def __init__(self):
                self.fig=Figure(); FigureCanvasAgg(self.fig); self.ax=self.fig.add_subplot()
                self.line,=self.ax.plot([],[],color='C0')
            def update(self,t,y):
                self.line.set_data(t,y); self.ax.relim(); self.ax.autoscale_view()
        mon=Monitor(); t=np.linspace(0,1,30_000); shown=0
        for i in range(90):
            mon.update(t,np.sin(t*i)); shown+=1
        mon.fig.canvas.draw()
        print('updates',shown)
        return mon
# ---------------------------------------------------------------- B. small object pins a big one
@case('43 match object keeps the document')
class _:
    def setup(): import re
    def bad():
        import re
        subject=re.compile(r'^Subject: (.*)$',re.M)
        def fetch(i): return f'From: a@example.com\nSubject: report {i}\n\n'+'line of text\n'*60_000
        index=[]
        for i in range(80):
            index.append(subject.search(fetch(i)))
        print('subjects',sum(len(m.group(1)) for m in index))
        return index
    def good():
        import re
        subject=re.compile(r'^Subject: (.*)$',re.M)
        def fetch(i): return f'From: a@example.com\nSubject: report {i}\n\n'+'line of text\n'*60_000
        index=[]
        for i in range(80):
            index.append(subject.search(fetch(i)).group(1))
        print('subjects',sum(len(s) for s in index))
        return index
@case('44 arrow slice keeps the table')
class _:
    def setup():
        import pyarrow as pa, pyarrow.compute, numpy
        pa.table({'a':numpy.arange(4.),'b':numpy.arange(4.)}).take(pa.array([1,2]))
    def bad():
        import pyarrow as pa, numpy as np
        def load(day):
            v=np.arange(200_000,dtype='f8')+day
            return pa.table({'t':v,'price':v*2})
        previews=[]
        for day in range(30):
            previews.append(load(day).slice(0,10))
        print('preview rows',sum(p.num_rows for p in previews))
        return previews
    def good():
        import pyarrow as pa, numpy as np
        def load(day):
            v=np.arange(200_000,dtype='f8')+day
            return pa.table({'t':v,'price':v*2})
        previews=[]
        for day in range(30):
            previews.append(load(day).take(pa.array(range(10))))
        print('preview rows',sum(p.num_rows for p in previews))
        return previews
@case('46 recent log records keep arguments')
class _:
    def setup(): import logging, collections
    def bad():
        import logging, collections
        class Recent(logging.Handler):
            def __init__(self,n): super().__init__(); self.records=collections.deque(maxlen=n)
            def emit(self,record): self.records.append(record)
            def tail(self): return [r.getMessage() for r in self.records]
        class Frame:
            def __init__(self,i): self.i=i; self.pixels=bytearray(b'p')*300_000
            def __str__(self): return f'frame {self.i}'
        log=logging.getLogger('camera'); log.setLevel(logging.INFO); log.propagate=False
        recent=Recent(200); log.addHandler(recent)
        for i in range(250): log.info('stored %s',Frame(i))
        print('tail',len(''.join(recent.tail())))
    def good():
        import logging, collections
        class Recent(logging.Handler):
            def __init__(self,n): super().__init__(); self.lines=collections.deque(maxlen=n)
            def emit(self,record): self.lines.append(self.format(record))
            def tail(self): return list(self.lines)
        class Frame:
            def __init__(self,i): self.i=i; self.pixels=bytearray(b'p')*300_000
            def __str__(self): return f'frame {self.i}'
        log=logging.getLogger('camera'); log.setLevel(logging.INFO); log.propagate=False
        recent=Recent(200); log.addHandler(recent)
        for i in range(250): log.info('stored %s',Frame(i))
        print('tail',len(''.join(recent.tail())))
@case('47 thumbnail keeps the colour profile')
class _:
    def setup():
        import PIL.Image, PIL.PngImagePlugin, io, random
        def build(path):
            im=PIL.Image.new('RGB',(200,150),(90,120,40)); im.save(path,'PNG',icc_profile=random.Random(0).randbytes(600_000))
        fixture('photo.png',build)
    def bad():
        from PIL import Image
        def thumbnail(path):
            im=Image.open(path)
            im.thumbnail((48,48))
            return im
        gallery=[thumbnail(os.path.join(D,'photo.png')) for _ in range(100)]
        print('pixels',sum(t.width*t.height for t in gallery))
        return gallery
    def good():
        from PIL import Image
        def thumbnail(path):
            im=Image.open(path)
            im.thumbnail((48,48))
            im.info.pop('icc_profile',None)
            return im
        gallery=[thumbnail(os.path.join(D,'photo.png')) for _ in range(100)]
        print('pixels',sum(t.width*t.height for t in gallery))
        return gallery
# ---------------------------------------------------------------- C. bloat and peak
def serve_blob(size):
    import http.server, threading
    class Blob(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200); self.send_header('Content-Length',str(size)); self.end_headers()
            chunk=b'k'*65536
            for _ in range(size//len(chunk)): self.wfile.write(chunk)
        def do_HEAD(self): self.send_response(200); self.send_header('Content-Length','0'); self.end_headers()
        def log_message(self,*a): pass
    srv=http.server.ThreadingHTTPServer(('127.0.0.1',0),Blob)
    threading.Thread(target=srv.serve_forever,daemon=True).start()
    return srv
@case('49 download held in memory')
class _:
    def setup():
        global blob_server
        import requests
        blob_server=serve_blob(768*65536)
        requests.head(f'http://127.0.0.1:{blob_server.server_port}/')
    def bad():
        import requests
        with tempfile.TemporaryFile() as out:
            r=requests.get(f'http://127.0.0.1:{blob_server.server_port}/model.bin')
            r.raise_for_status()
            out.write(r.content)
            print('saved',out.tell())
    def good():
        import requests
        with tempfile.TemporaryFile() as out:
            with requests.get(f'http://127.0.0.1:{blob_server.server_port}/model.bin',stream=True) as r:
                r.raise_for_status()
                for chunk in r.iter_content(65536): out.write(chunk)
            print('saved',out.tell())
@case('51 uint8 images become float64')
class _:
    def setup(): import numpy
    def bad():
        import numpy as np
        def prepare(frames):
            x=frames/255.0
            return (x-0.5)/0.25
        frames=np.tile(np.arange(256,dtype='u1'),40*1024).reshape(40,512,512)
        batch=prepare(frames)
        print('mean',round(float(batch[7].mean(dtype='f8')),3))
        return batch
    def good():
        import numpy as np
        def prepare(frames):
            x=frames.astype('f4')
            x/=255; x-=0.5; x/=0.25
            return x
        frames=np.tile(np.arange(256,dtype='u1'),40*1024).reshape(40,512,512)
        batch=prepare(frames)
        print('mean',round(float(batch[7].mean(dtype='f8')),3))
        return batch
@case('53 pairwise distance by broadcasting')
class _:
    def setup(): import numpy, scipy.spatial.distance
    def bad():
        import numpy as np
        def nearest(points,centres):
            diff=points[:,None,:]-centres[None,:,:]
            return np.sqrt((diff**2).sum(axis=-1)).argmin(axis=1)
        r=np.random.default_rng(0); p=r.random((3000,12)); c=r.random((400,12))
        print('labels',int(nearest(p,c).sum()))
    def good():
        import numpy as np
        from scipy.spatial.distance import cdist
        def nearest(points,centres):
            return cdist(points,centres).argmin(axis=1)
        r=np.random.default_rng(0); p=r.random((3000,12)); c=r.random((400,12))
        print('labels',int(nearest(p,c).sum()))
@case('55 dense one-hot matrix')
class _:
    def setup(): import numpy, pandas, scipy.sparse
    def bad():
        import numpy as np, pandas as pd
        def encode(codes):
            return pd.get_dummies(pd.Series(codes),dtype='float64').to_numpy()
        codes=np.random.default_rng(0).permutation(50_000)%200
        x=encode(codes)
        print('weights',round(float((x.T@np.arange(50_000.)).max()),1))
        return x
    def good():
        import numpy as np, scipy.sparse as sp
        def encode(codes):
            levels,col=np.unique(codes,return_inverse=True)
            return sp.csr_matrix((np.ones(len(col)),(np.arange(len(col)),col)),shape=(len(col),len(levels)))
        codes=np.random.default_rng(0).permutation(50_000)%200
        x=encode(codes)
        print('weights',round(float((x.T@np.arange(50_000.)).max()),1))
        return x
@case('58 join multiplies the rows')
class _:
    def setup(): import pandas, numpy
    def frames():
        import pandas as pd, numpy as np
        orders=pd.DataFrame({'order':np.arange(60_000),'customer':np.arange(60_000)%2000,'total':np.arange(60_000)*.5})
        addresses=pd.DataFrame({'customer':np.repeat(np.arange(2000),20),'since':np.tile(np.arange(20),2000),'zone':np.arange(40_000)%97})
        return orders,addresses
    def bad():
        orders,addresses=CASES['58 join multiplies the rows'].frames()
        joined=orders.merge(addresses,on='customer')
        current=joined.sort_values('since').drop_duplicates('order',keep='last')
        print('zones',int(current.zone.sum()),len(current))
    def good():
        orders,addresses=CASES['58 join multiplies the rows'].frames()
        latest=addresses.sort_values('since').drop_duplicates('customer',keep='last')
        current=orders.merge(latest,on='customer',validate='m:1')
        print('zones',int(current.zone.sum()),len(current))
@case('61 tar stream remembers its members')
class _:
    def setup():
        import tarfile
        def build(path):
            with open(path,'wb') as f:
                for i in range(90_000):
                    t=tarfile.TarInfo(f'samples/{i:06d}.txt'); t.size=64
                    f.write(t.tobuf(tarfile.USTAR_FORMAT)); f.write((b'%063d\n'%i).ljust(512,b'\0'))
                f.write(b'\0'*1024)
        fixture('samples90.tar',build)
    def bad():
        import tarfile
        total=0
        with tarfile.open(os.path.join(D,'samples90.tar'),'r|') as tar:
            for member in tar:
                total+=len(tar.extractfile(member).read())
            print('bytes',total)
    def good():
        import tarfile
        total=0
        with tarfile.open(os.path.join(D,'samples90.tar'),'r|') as tar:
            for member in tar:
                total+=len(tar.extractfile(member).read())
                tar.members=[]
            print('bytes',total)
@case('64 stream writes without drain')
class _:
    def setup(): import asyncio
    def bad():
        import asyncio
        async def export(reader,writer):
            for i in range(1000):
                writer.write(b'%08d'%i*8192)
            writer.close()
        async def main():
            srv=await asyncio.start_server(export,'127.0.0.1',0)
            reader,writer=await asyncio.open_connection(*srv.sockets[0].getsockname())
            n=0
            while data:=await reader.read(65536): n+=len(data)
            writer.close(); srv.close()
            return n
        print('received',asyncio.run(main()))
    def good():
        import asyncio
        async def export(reader,writer):
            for i in range(1000):
                writer.write(b'%08d'%i*8192)
                await writer.drain()
            writer.close()
        async def main():
            srv=await asyncio.start_server(export,'127.0.0.1',0)
            reader,writer=await asyncio.open_connection(*srv.sockets[0].getsockname())
            n=0
            while data:=await reader.read(65536): n+=len(data)
            writer.close(); srv.close()
            return n
        print('received',asyncio.run(main()))
@case('66 whole result set as ORM objects')
class _:
    def setup():
        import sqlite3, sqlalchemy.orm
        def build(path):
            db=sqlite3.connect(path); db.execute('create table event(id integer primary key, kind text, note text, amount real)')
            db.executemany('insert into event values(?,?,?,?)',((i,f'kind{i%9}','note '*10+str(i),i*.5) for i in range(60_000))); db.commit(); db.close()
        fixture('events.db',build)
    def model():
        from sqlalchemy import create_engine
        from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
        class Base(DeclarativeBase): pass
        class Event(Base):
            __tablename__='event'
            id: Mapped[int]=mapped_column(primary_key=True)
            kind: Mapped[str]
            note: Mapped[str]
            amount: Mapped[float]
        return create_engine('sqlite:///'+os.path.join(D,'events.db')),Event
    def bad():
        from sqlalchemy import select
        from sqlalchemy.orm import Session
        engine,Event=CASES['66 whole result set as ORM objects'].model()
        total=0
        with Session(engine) as session:
            for event in session.scalars(select(Event)).all():
                total+=event.amount
        print('total',total)
    def good():
        from sqlalchemy import select
        from sqlalchemy.orm import Session
        engine,Event=CASES['66 whole result set as ORM objects'].model()
        total=0
        with Session(engine) as session:
            for event in session.scalars(select(Event).execution_options(yield_per=500)):
                total+=event.amount
        print('total',total)
@case('67 file index of Path objects')
class _:
    def setup():
        import pathlib, os.path
        def build(path):
            with open(path,'w') as f:
                for i in range(170_000): f.write(f'/srv/media/{i%300:03d}/clip_{i:07d}.{("mp4","jpg","txt")[i%3]}\n')
        fixture('manifest170.txt',build)
    def bad():
        from pathlib import Path
        with open(os.path.join(D,'manifest170.txt')) as f:
            files=[Path(line.rstrip('\n')) for line in f]
        print('videos',sum(p.suffix=='.mp4' for p in files))
        return files
    def good():
        with open(os.path.join(D,'manifest170.txt')) as f:
            files=[line.rstrip('\n') for line in f]
        print('videos',sum(os.path.splitext(p)[1]=='.mp4' for p in files))
        return files
@case('68 frame cast to object for None')
class _:
    def setup(): import pandas, numpy, sqlite3
    def frame():
        import pandas as pd, numpy as np
        v=np.arange(400_000)*.25
        df=pd.DataFrame({'a':v,'b':v*2,'c':v*3}); df.loc[::50,'b']=np.nan
        return df
    def bad():
        import sqlite3
        df=CASES['68 frame cast to object for None'].frame()
        db=sqlite3.connect(os.path.join(D,'rows-bad.db')); db.execute('pragma journal_mode=off'); db.execute('drop table if exists t'); db.execute('create table t(a,b,c)')
        rows=df.astype(object).where(df.notna(),None)
        db.executemany('insert into t values(?,?,?)',rows.itertuples(index=False,name=None))
        db.commit()
        print('nulls',db.execute('select count(*) from t where b is null').fetchone()[0]); db.close()
    def good():
        import sqlite3
        df=CASES['68 frame cast to object for None'].frame()
        db=sqlite3.connect(os.path.join(D,'rows-good.db')); db.execute('pragma journal_mode=off'); db.execute('drop table if exists t'); db.execute('create table t(a,b,c)')
        for at in range(0,len(df),5000):
            part=df.iloc[at:at+5000]
            db.executemany('insert into t values(?,?,?)',part.astype(object).where(part.notna(),None).itertuples(index=False,name=None))
        db.commit()
        print('nulls',db.execute('select count(*) from t where b is null').fetchone()[0]); db.close()
@case('72 deep copy of a shared template')
class _:
    def setup(): import copy
    def defaults():
        return {'name':None,'retries':3,'steps':[{'id':k,'args':{f'opt{j}':[j,j+1] for j in range(10)}} for k in range(60)]}
    def bad():
        import copy
        template=CASES['72 deep copy of a shared template'].defaults()
        def make_job(i):
            job=copy.deepcopy(template)
            job['name']=f'job-{i}'
            return job
        jobs=[make_job(i) for i in range(500)]
        print('steps',sum(len(j['steps']) for j in jobs))
        return jobs
    def good():
        template=CASES['72 deep copy of a shared template'].defaults()
        def make_job(i):
            return {**template,'name':f'job-{i}'}
        jobs=[make_job(i) for i in range(500)]
        print('steps',sum(len(j['steps']) for j in jobs))
        return jobs
@case('74 label lookups build a hash index')
class _:
    def setup():
        import pandas as pd, numpy
        s=pd.Series([1.,2.],index=[5,3]); s.loc[3]; s[s.index.isin([3])].sum()
    def load(n):
        import pandas as pd, numpy as np
        ids=np.arange(n)*7919%n
        return pd.Series(ids*.5,index=ids)
    def bad():
        prices=CASES['74 label lookups build a hash index'].load(4_300_000)
        basket=[3,70_001,900_000,1_499_999]
        print('basket',float(sum(prices.loc[k] for k in basket)))
        return prices
    def good():
        prices=CASES['74 label lookups build a hash index'].load(4_300_000)
        basket=[3,70_001,900_000,1_499_999]
        print('basket',float(prices[prices.index.isin(basket)].sum()))
        return prices
@case('75 every parquet column is read')
class _:
    def setup():
        import pyarrow, pyarrow.parquet as pq, pyarrow.compute, numpy as np
        def build(path):
            r=np.random.default_rng(0); pq.write_table(pyarrow.table({f'f{k:02d}':r.random(250_000) for k in range(24)}),path,compression='none',use_dictionary=False)
        fixture('tiny.parquet',lambda path: pq.write_table(pyarrow.table({'a':[1.,2.]}),path))
        pyarrow.compute.sum(pq.read_table(os.path.join(D,'tiny.parquet'))['a'])
        fixture('wide24.parquet',build)
    def bad():
        import pyarrow.parquet as pq, pyarrow.compute as pc
        table=pq.read_table(os.path.join(D,'wide24.parquet'))
        print('sum',round(pc.sum(table['f03']).as_py(),6))
    def good():
        import pyarrow.parquet as pq, pyarrow.compute as pc
        table=pq.read_table(os.path.join(D,'wide24.parquet'),columns=['f03'])
        print('sum',round(pc.sum(table['f03']).as_py(),6))
@case('76 minidom for a large file')
class _:
    def setup():
        import xml.dom.minidom, xml.dom.expatbuilder, xml.etree.ElementTree
        def build(path):
            with open(path,'w') as f:
                f.write('<osm>'); [f.write(f'<node id="{i}"><name>place {i}</name><kind>shop</kind></node>') for i in range(30_000)]; f.write('</osm>')
        fixture('places30.xml',build)
    def bad():
        from xml.dom import minidom
        doc=minidom.parse(os.path.join(D,'places30.xml'))
        names={n.getAttribute('id'):n.getElementsByTagName('name')[0].firstChild.data for n in doc.getElementsByTagName('node')}
        print('places',len(names))
        return names
    def good():
        import xml.etree.ElementTree as ET
        root=ET.parse(os.path.join(D,'places30.xml')).getroot()
        names={n.get('id'):n.findtext('name') for n in root.iter('node')}
        print('places',len(names))
        return names
BASE=None
if __name__=='__main__':
    if len(sys.argv)==3:
        c=CASES[sys.argv[1]]; 
        if hasattr(c,'setup'): c.setup()
        gc.collect(); reset_hwm(); r0=rss()
        t=time.perf_counter(); k=getattr(c,sys.argv[2])(); dt=time.perf_counter()-t
        if not gc.isenabled(): pass
        else: gc.collect()
        base=BASE or r0
        print(json.dumps({'net':rss()-base,'peak':hwm()-base,'t':dt}))
    else:
        import subprocess
        sel=sys.argv[1] if len(sys.argv)>1 else ''
        for n in CASES:
            if sel and not n.startswith(sel): continue
            res={}
            for w in ('bad','good'):
                p=subprocess.run([sys.executable,__file__,n,w],capture_output=True,text=True)
                try:
                    lines=p.stdout.strip().splitlines(); res[w]=json.loads(lines[-1]); extra=' '.join(lines[:-1])
                    if extra: res[w]['x']=extra.strip()
                except Exception: res[w]={'net':float('nan'),'peak':float('nan'),'t':0,'x':p.stderr[-300:]}
            b,g=res['bad'],res['good']
            print(f"{n:52s} net {b['net']/1e6:8.1f} -> {g['net']/1e6:7.1f} MB   peak {b['peak']/1e6:8.1f} -> {g['peak']/1e6:7.1f} MB   t {b['t']:.2f}->{g['t']:.2f}s {b.get('x','')} | {g.get('x','')}",flush=True)
