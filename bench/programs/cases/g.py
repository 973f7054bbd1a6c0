"""Programs with a real memory fault (bad) and their mended twins (good), third set.

`python g.py` runs every case in fresh processes and prints net and peak memory of both twins;
`python g.py NAME bad|good` runs one. The sources of each fault stand in g.json.
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
D=os.path.join(tempfile.gettempdir(),'memory-cases-g'); os.makedirs(D,exist_ok=True)
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
@case('01 expired entries stay in the cache')
class _:
    def bad():
        class SessionCache:
            def __init__(self,ttl):
                self.ttl=ttl
                self.entries={}
            def get(self,key,now):
                entry=self.entries.get(key)
                if entry is None:
                    return None
                expires,value=entry
                if now>=expires:
                    del self.entries[key]
                    return None
                return value
            def put(self,key,value,now):
                self.entries[key]=(now+self.ttl,value)
        cache=SessionCache(ttl=30)
        misses=0
        for now in range(600):
            key=f'session-{now}'
            if cache.get(key,now) is None:
                misses+=1
                cache.put(key,bytearray(b's')*100_000,now)
        print('misses',misses)
        return cache
    def good():
        from collections import OrderedDict
        class SessionCache:
            def __init__(self,ttl):
                self.ttl=ttl
                self.entries=OrderedDict()
            def get(self,key,now):
                entry=self.entries.get(key)
                if entry is None:
                    return None
                expires,value=entry
                if now>=expires:
                    del self.entries[key]
                    return None
                return value
            def put(self,key,value,now):
                self.evict(now)
                self.entries[key]=(now+self.ttl,value)
                self.entries.move_to_end(key)
            def evict(self,now):
                while self.entries:
                    key,(expires,_)=next(iter(self.entries.items()))
                    if expires>now:
                        break
                    del self.entries[key]
        cache=SessionCache(ttl=30)
        misses=0
        for now in range(600):
            key=f'session-{now}'
            if cache.get(key,now) is None:
                misses+=1
                cache.put(key,bytearray(b's')*100_000,now)
        print('misses',misses)
        return cache
@case('02 cancelled jobs stay on the heap')
class _:
    def bad():
        import heapq
        class Job:
            def __init__(self,when,action,payload):
                self.when=when
                self.action=action
                self.payload=payload
                self.cancelled=False
            def __lt__(self,other):
                return self.when<other.when
        class Scheduler:
            def __init__(self):
                self.heap=[]
                self.now=0.0
            def call_at(self,when,action,payload):
                job=Job(when,action,payload)
                heapq.heappush(self.heap,job)
                return job
            def cancel(self,job):
                job.cancelled=True
            def run_due(self):
                ran=0
                while self.heap and self.heap[0].when<=self.now:
                    job=heapq.heappop(self.heap)
                    if not job.cancelled:
                        job.action(job.payload)
                        ran+=1
                return ran
        def retry(message):
            raise TimeoutError(message[:20])
        scheduler=Scheduler()
        delivered=0
        for i in range(500):
            message=bytearray(b'm')*120_000
            job=scheduler.call_at(scheduler.now+3600,retry,message)
            scheduler.now+=0.1
            scheduler.run_due()
            scheduler.cancel(job)
            delivered+=1
        print('delivered',delivered)
        return scheduler
    def good():
        import heapq
        class Job:
            def __init__(self,when,action,payload):
                self.when=when
                self.action=action
                self.payload=payload
                self.cancelled=False
            def __lt__(self,other):
                return self.when<other.when
        class Scheduler:
            def __init__(self):
                self.heap=[]
                self.now=0.0
                self.dead=0
            def call_at(self,when,action,payload):
                job=Job(when,action,payload)
                heapq.heappush(self.heap,job)
                return job
            def cancel(self,job):
                job.cancelled=True
                job.action=None
                job.payload=None
                self.dead+=1
                if self.dead>64 and self.dead>len(self.heap)//2:
                    self.heap=[j for j in self.heap if not j.cancelled]
                    heapq.heapify(self.heap)
                    self.dead=0
            def run_due(self):
                ran=0
                while self.heap and self.heap[0].when<=self.now:
                    job=heapq.heappop(self.heap)
                    if job.cancelled:
                        self.dead-=1
                    else:
                        job.action(job.payload)
                        ran+=1
                return ran
        def retry(message):
            raise TimeoutError(message[:20])
        scheduler=Scheduler()
        delivered=0
        for i in range(500):
            message=bytearray(b'm')*120_000
            job=scheduler.call_at(scheduler.now+3600,retry,message)
            scheduler.now+=0.1
            scheduler.run_due()
            scheduler.cancel(job)
            delivered+=1
        print('delivered',delivered)
        return scheduler
@case('03 caller frame kept for its line number')
class _:
    def setup():
        import inspect
        inspect.stack()
    def bad():
        import inspect
        class Tracer:
            def __init__(self):
                self.spans=[]
            def start(self,name):
                caller=inspect.stack(0)[1]
                self.spans.append((name,caller))
            def report(self):
                return sorted({(name,info.function) for name,info in self.spans})
        tracer=Tracer()
        def import_batch(i):
            rows=bytearray(b'r')*300_000
            tracer.start('import')
            return len(rows)
        total=sum(import_batch(i) for i in range(200))
        print('bytes',total,tracer.report())
        return tracer
    def good():
        import sys
        class Tracer:
            def __init__(self):
                self.spans=[]
            def start(self,name):
                frame=sys._getframe(1)
                self.spans.append((name,frame.f_code.co_name,frame.f_lineno))
            def report(self):
                return sorted({(name,function) for name,function,line in self.spans})
        tracer=Tracer()
        def import_batch(i):
            rows=bytearray(b'r')*300_000
            tracer.start('import')
            return len(rows)
        total=sum(import_batch(i) for i in range(200))
        print('bytes',total,tracer.report())
        return tracer
@case('04 every latency sample is kept')
class _:
    def bad():
        class RouteStats:
            def __init__(self):
                self.count=0
                self.samples=[]
            def record(self,seconds):
                self.count+=1
                self.samples.append(seconds)
            def percentile(self,q):
                ordered=sorted(self.samples)
                return round(ordered[int(q*(self.count-1))]*1000)
        stats=RouteStats()
        for i in range(1_400_000):
            stats.record((i*7919%400+1)/1000)
        print('p50',stats.percentile(0.5),'p95',stats.percentile(0.95))
        return stats
    def good():
        class RouteStats:
            def __init__(self):
                self.count=0
                self.buckets={}
            def record(self,seconds):
                self.count+=1
                ms=round(seconds*1000)
                self.buckets[ms]=self.buckets.get(ms,0)+1
            def percentile(self,q):
                rank=int(q*(self.count-1))
                for ms in sorted(self.buckets):
                    rank-=self.buckets[ms]
                    if rank<0:
                        return ms
        stats=RouteStats()
        for i in range(1_400_000):
            stats.record((i*7919%400+1)/1000)
        print('p50',stats.percentile(0.5),'p95',stats.percentile(0.95))
        return stats
@case('05 second index is not cleaned')
class _:
    def bad():
        class Connection:
            def __init__(self,number,user):
                self.number=number
                self.user=user
                self.inbox=bytearray(b'i')*300_000
        class Registry:
            def __init__(self):
                self.by_number={}
                self.by_user={}
            def add(self,conn):
                self.by_number[conn.number]=conn
                self.by_user.setdefault(conn.user,[]).append(conn)
            def remove(self,conn):
                del self.by_number[conn.number]
            def online(self):
                return len(self.by_number)
        registry=Registry()
        seen=0
        for i in range(200):
            conn=Connection(i,f'user-{i%50}')
            registry.add(conn)
            seen+=registry.online()
            registry.remove(conn)
        print('seen',seen)
        return registry
    def good():
        class Connection:
            def __init__(self,number,user):
                self.number=number
                self.user=user
                self.inbox=bytearray(b'i')*300_000
        class Registry:
            def __init__(self):
                self.by_number={}
                self.by_user={}
            def add(self,conn):
                self.by_number[conn.number]=conn
                self.by_user.setdefault(conn.user,[]).append(conn)
            def remove(self,conn):
                del self.by_number[conn.number]
                mates=self.by_user[conn.user]
                mates.remove(conn)
                if not mates:
                    del self.by_user[conn.user]
            def online(self):
                return len(self.by_number)
        registry=Registry()
        seen=0
        for i in range(200):
            conn=Connection(i,f'user-{i%50}')
            registry.add(conn)
            seen+=registry.online()
            registry.remove(conn)
        print('seen',seen)
        return registry
@case('06 fixtures stay on the test classes')
class _:
    def setup():
        import unittest
    def bad():
        import io
        import unittest
        class StoreTest(unittest.TestCase):
            size=0
            @classmethod
            def setUpClass(cls):
                cls.snapshot=bytearray(b'f')*cls.size
            def test_size(self):
                self.assertEqual(len(self.snapshot),self.size)
            def test_tail(self):
                self.assertEqual(self.snapshot[-1],ord('f'))
        class OrdersTest(StoreTest):
            size=36_000_000
        class PricesTest(StoreTest):
            size=34_000_000
        class StockTest(StoreTest):
            size=35_000_000
        cases=[OrdersTest,PricesTest,StockTest]
        loader=unittest.defaultTestLoader
        suite=unittest.TestSuite(loader.loadTestsFromTestCase(c) for c in cases)
        result=unittest.TextTestRunner(stream=io.StringIO()).run(suite)
        print('ran',result.testsRun,result.wasSuccessful())
        return cases
    def good():
        import io
        import unittest
        class StoreTest(unittest.TestCase):
            size=0
            @classmethod
            def setUpClass(cls):
                cls.snapshot=bytearray(b'f')*cls.size
            @classmethod
            def tearDownClass(cls):
                del cls.snapshot
            def test_size(self):
                self.assertEqual(len(self.snapshot),self.size)
            def test_tail(self):
                self.assertEqual(self.snapshot[-1],ord('f'))
        class OrdersTest(StoreTest):
            size=36_000_000
        class PricesTest(StoreTest):
            size=34_000_000
        class StockTest(StoreTest):
            size=35_000_000
        cases=[OrdersTest,PricesTest,StockTest]
        loader=unittest.defaultTestLoader
        suite=unittest.TestSuite(loader.loadTestsFromTestCase(c) for c in cases)
        result=unittest.TextTestRunner(stream=io.StringIO()).run(suite)
        print('ran',result.testsRun,result.wasSuccessful())
        return cases
@case('07 scope not popped after an error')
class _:
    def bad():
        class Hub:
            def __init__(self):
                self.scopes=[{}]
            def push(self,**extra):
                self.scopes.append({**self.scopes[0],**extra})
            def pop(self):
                self.scopes.pop()
        hub=Hub()
        def handle(i):
            hub.push(route='/upload',body=bytearray(b'u')*150_000)
            if i%10<8:
                raise PermissionError(i)
            size=len(hub.scopes[-1]['body'])
            hub.pop()
            return size
        total=0
        denied=0
        for i in range(500):
            try:
                total+=handle(i)
            except PermissionError:
                denied+=1
        print('stored',total,'denied',denied)
        return hub
    def good():
        from contextlib import contextmanager
        class Hub:
            def __init__(self):
                self.scopes=[{}]
            @contextmanager
            def scope(self,**extra):
                self.scopes.append({**self.scopes[0],**extra})
                try:
                    yield self.scopes[-1]
                finally:
                    self.scopes.pop()
        hub=Hub()
        def handle(i):
            with hub.scope(route='/upload',body=bytearray(b'u')*150_000) as scope:
                if i%10<8:
                    raise PermissionError(i)
                return len(scope['body'])
        total=0
        denied=0
        for i in range(500):
            try:
                total+=handle(i)
            except PermissionError:
                denied+=1
        print('stored',total,'denied',denied)
        return hub
@case('08 back reference fills a cached parent')
class _:
    def setup():
        from sqlalchemy import select
        from sqlalchemy.orm import Session, selectinload
        engine,Device,Reading=CASES['08 back reference fills a cached parent'].model('readings-warm.db')
        with Session(engine) as session:
            device=session.scalars(select(Device).options(selectinload(Device.readings))).one()
            session.add_all(Reading(device=device,payload='warm') for _ in range(200))
            session.commit()
    def model(name):
        from sqlalchemy import ForeignKey, create_engine
        from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship
        class Base(DeclarativeBase):
            pass
        class Device(Base):
            __tablename__='device'
            id: Mapped[int]=mapped_column(primary_key=True)
            name: Mapped[str]
            readings=relationship('Reading',back_populates='device')
        class Reading(Base):
            __tablename__='reading'
            id: Mapped[int]=mapped_column(primary_key=True)
            device_id: Mapped[int]=mapped_column(ForeignKey('device.id'))
            payload: Mapped[str]
            device=relationship('Device',back_populates='readings')
        path=os.path.join(D,name)
        if os.path.exists(path):
            os.remove(path)
        engine=create_engine('sqlite:///'+path)
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            session.add(Device(name='pump'))
            session.commit()
        return engine,Device,Reading
    def bad():
        from sqlalchemy import func, select
        from sqlalchemy.orm import selectinload, sessionmaker
        engine,Device,Reading=CASES['08 back reference fills a cached parent'].model('readings-bad.db')
        session=sessionmaker(engine,expire_on_commit=False)()
        query=select(Device).options(selectinload(Device.readings))
        device=session.scalars(query).one()
        for batch in range(30):
            for k in range(200):
                reading=Reading(device=device,payload=f'{batch}:{k} '.ljust(6000,'.'))
                session.add(reading)
            session.commit()
        print('rows',session.scalar(select(func.count()).select_from(Reading)))
        return session,device
    def good():
        from sqlalchemy import func, select
        from sqlalchemy.orm import sessionmaker
        engine,Device,Reading=CASES['08 back reference fills a cached parent'].model('readings-good.db')
        session=sessionmaker(engine,expire_on_commit=False)()
        device=session.scalars(select(Device)).one()
        for batch in range(30):
            for k in range(200):
                reading=Reading(device_id=device.id,payload=f'{batch}:{k} '.ljust(6000,'.'))
                session.add(reading)
            session.commit()
        print('rows',session.scalar(select(func.count()).select_from(Reading)))
        return session,device
# ---------------------------------------------------------------- B. a small object pins a big one
@case('09 parse error keeps the document')
class _:
    def setup():
        import json
    def bad():
        import json
        def fetch(i):
            body='{"id": %d, "items": ['%i+'1, '*100_000
            return body+'2]}' if i%4==0 else body
        failed={}
        loaded=0
        for i in range(240):
            try:
                loaded+=len(json.loads(fetch(i))['items'])
            except json.JSONDecodeError as exc:
                failed[i]=exc.with_traceback(None)
        print('loaded',loaded,'failed',len(failed),failed[1])
        return failed
    def good():
        import json
        def fetch(i):
            body='{"id": %d, "items": ['%i+'1, '*100_000
            return body+'2]}' if i%4==0 else body
        failed={}
        loaded=0
        for i in range(240):
            try:
                loaded+=len(json.loads(fetch(i))['items'])
            except json.JSONDecodeError as exc:
                failed[i]=str(exc)
        print('loaded',loaded,'failed',len(failed),failed[1])
        return failed
@case('10 response kept for its status')
class _:
    def setup():
        import http.server, threading, requests
        global page_server
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(404 if self.path.endswith('7') else 200)
                self.send_header('Content-Length',str(16*65536))
                self.end_headers()
                for _ in range(16):
                    self.wfile.write(PAGE)
            def log_message(self,*args):
                pass
        page_server=http.server.ThreadingHTTPServer(('127.0.0.1',0),Handler)
        threading.Thread(target=page_server.serve_forever,daemon=True).start()
        requests.get(f'http://127.0.0.1:{page_server.server_port}/')
    def bad():
        import requests
        base=f'http://127.0.0.1:{page_server.server_port}'
        checked={}
        with requests.Session() as session:
            for i in range(60):
                checked[f'/page/{i}']=session.get(f'{base}/page/{i}')
        broken=[path for path,response in checked.items() if not response.ok]
        print('broken',broken)
        return checked
    def good():
        import requests
        base=f'http://127.0.0.1:{page_server.server_port}'
        checked={}
        with requests.Session() as session:
            for i in range(60):
                checked[f'/page/{i}']=session.get(f'{base}/page/{i}').status_code
        broken=[path for path,status in checked.items() if status>=400]
        print('broken',broken)
        return checked
PAGE=b'<p>page</p>\n'.ljust(65536)
@case('11 span keeps its document')
class _:
    def bad():
        import re
        class Span:
            __slots__=('doc','start','end')
            def __init__(self,doc,start,end):
                self.doc=doc
                self.start=start
                self.end=end
            @property
            def text(self):
                return self.doc.text[self.start:self.end]
        class Document:
            def __init__(self,text):
                self.text=text
            def entities(self):
                for m in re.finditer(r'\b[A-Z]{3}-\d+\b',self.text):
                    yield Span(self,m.start(),m.end())
        mentions=[]
        for i in range(150):
            doc=Document(f'order INV-{i} was paid, '+'and then it was sent on '*17_000)
            mentions.extend(doc.entities())
        print('mentions',len(mentions),mentions[-1].text)
        return mentions
    def good():
        import re
        class Span:
            __slots__=('doc','start','end')
            def __init__(self,doc,start,end):
                self.doc=doc
                self.start=start
                self.end=end
            @property
            def text(self):
                return self.doc.text[self.start:self.end]
        class Document:
            def __init__(self,text):
                self.text=text
            def entities(self):
                for m in re.finditer(r'\b[A-Z]{3}-\d+\b',self.text):
                    yield Span(self,m.start(),m.end())
        mentions=[]
        for i in range(150):
            doc=Document(f'order INV-{i} was paid, '+'and then it was sent on '*17_000)
            mentions.extend(span.text for span in doc.entities())
        print('mentions',len(mentions),mentions[-1])
        return mentions
# ---------------------------------------------------------------- C. bloat and peak
@case('12 set of seen row numbers')
class _:
    def bad():
        def count_active(events,users):
            seen=set()
            for user in events:
                seen.add(user)
            return len(seen)
        users=1_500_000
        events=(i*7919%users for i in range(2_000_000))
        print('active',count_active(events,users))
    def good():
        def count_active(events,users):
            seen=bytearray(users)
            for user in events:
                seen[user]=1
            return sum(seen)
        users=1_500_000
        events=(i*7919%users for i in range(2_000_000))
        print('active',count_active(events,users))
@case('13 whole file read for a checksum')
class _:
    def setup():
        import hashlib
        def build(path):
            with open(path,'wb') as f:
                for i in range(64):
                    f.write(bytes([i])*1_000_000)
        fixture('backup64.bin',build)
    def bad():
        import hashlib
        def checksum(path):
            with open(path,'rb') as f:
                return hashlib.sha256(f.read()).hexdigest()
        print('sha256',checksum(os.path.join(D,'backup64.bin')))
    def good():
        import hashlib
        def checksum(path):
            with open(path,'rb') as f:
                return hashlib.file_digest(f,'sha256').hexdigest()
        print('sha256',checksum(os.path.join(D,'backup64.bin')))
@case('14 indicator columns as int64')
class _:
    def setup():
        import numpy as np, pandas as pd
        d=pd.DataFrame(index=range(3))
        for kind in (int,'uint8'):
            d['a']=(pd.Series([1,2,3],dtype='int8')//2==1).astype(kind)
            d.sum().tolist()
    def bad():
        import numpy as np
        import pandas as pd
        def indicators(hours):
            flags=pd.DataFrame(index=hours.index)
            for part in range(8):
                flags[f'part{part}']=(hours//3==part).astype(int)
            return flags
        hours=pd.Series(np.tile(np.arange(24,dtype='int8'),35_000))
        flags=indicators(hours)
        print('sums',flags.sum().tolist())
        return flags
    def good():
        import numpy as np
        import pandas as pd
        def indicators(hours):
            flags=pd.DataFrame(index=hours.index)
            for part in range(8):
                flags[f'part{part}']=(hours//3==part).astype('uint8')
            return flags
        hours=pd.Series(np.tile(np.arange(24,dtype='int8'),35_000))
        flags=indicators(hours)
        print('sums',flags.sum().tolist())
        return flags
@case('15 sampling shuffles the population')
class _:
    def setup():
        import numpy as np
        np.random.default_rng(0)
    def bad():
        import numpy as np
        def pick_rows(n,k):
            np.random.seed(7)
            return np.random.choice(n,k,replace=False)
        rows=pick_rows(9_000_000,500)
        print('rows',len(set(rows.tolist())))
    def good():
        import numpy as np
        def pick_rows(n,k):
            rng=np.random.default_rng(7)
            return rng.choice(n,k,replace=False)
        rows=pick_rows(9_000_000,500)
        print('rows',len(set(rows.tolist())))
@case('16 cache bounded by count not by bytes')
class _:
    def bad():
        import functools
        @functools.lru_cache(maxsize=1024)
        def render(report):
            line=f'report {report} '
            return line*(160_000//len(line))
        def serve(requests):
            return sum(len(render(report)) for report in requests)
        requests=[0 if i%4==0 else i for i in range(560)]
        print('sent',serve(requests))
        return render
    def good():
        import functools
        @functools.lru_cache(maxsize=8)
        def render(report):
            line=f'report {report} '
            return line*(160_000//len(line))
        def serve(requests):
            return sum(len(render(report)) for report in requests)
        requests=[0 if i%4==0 else i for i in range(560)]
        print('sent',serve(requests))
        return render
@case('17 lexicon loaded but never asked')
class _:
    def setup():
        import json, re, functools
        def build(path):
            with open(path,'w') as f:
                json.dump({f'word{i:06d}':[i%7,f'lemma{i//3:06d}'] for i in range(230_000)},f)
        fixture('lexicon230.json',build)
    def bad():
        import json
        import re
        class Analyzer:
            def __init__(self,path):
                self.words=re.compile(r'\w+')
                with open(path) as f:
                    self.lexicon=json.load(f)
            def tokenize(self,text):
                return self.words.findall(text.lower())
            def lemma(self,word):
                return self.lexicon[word][1]
        analyzer=Analyzer(os.path.join(D,'lexicon230.json'))
        print('tokens',sum(len(analyzer.tokenize(f'Order {i} has shipped')) for i in range(1000)))
        return analyzer
    def good():
        import functools
        import json
        import re
        class Analyzer:
            def __init__(self,path):
                self.words=re.compile(r'\w+')
                self.path=path
            @functools.cached_property
            def lexicon(self):
                with open(self.path) as f:
                    return json.load(f)
            def tokenize(self,text):
                return self.words.findall(text.lower())
            def lemma(self,word):
                return self.lexicon[word][1]
        analyzer=Analyzer(os.path.join(D,'lexicon230.json'))
        print('tokens',sum(len(analyzer.tokenize(f'Order {i} has shipped')) for i in range(1000)))
        return analyzer
@case('19 json text built before it is written')
class _:
    def pages():
        return [{'id':i,'title':f'page {i}','html':f'<p>paragraph {i}</p>\n'*8000} for i in range(200)]
    def bad():
        import json
        def save(path,pages):
            with open(path,'w') as f:
                f.write(json.dumps({'version':2,'pages':pages}))
        path=os.path.join(D,'pages-bad.json')
        save(path,CASES['19 json text built before it is written'].pages())
        print('size',os.path.getsize(path))
    def good():
        import json
        def save(path,pages):
            with open(path,'w') as f:
                json.dump({'version':2,'pages':pages},f)
        path=os.path.join(D,'pages-good.json')
        save(path,CASES['19 json text built before it is written'].pages())
        print('size',os.path.getsize(path))
@case('21 full decode for a small preview')
class _:
    def setup():
        from PIL import Image, JpegImagePlugin
        def build(path):
            Image.linear_gradient('L').resize((5200,3600)).convert('RGB').save(path,format='JPEG',quality=80)
        fixture('photo52.jpg',build)
        fixture('tiny.jpg',lambda path: Image.new('RGB',(64,64)).save(path,format='JPEG'))
        Image.open(os.path.join(D,'tiny.jpg')).resize((8,8))
    def bad():
        from PIL import Image
        def preview(path,size):
            with Image.open(path) as im:
                return im.resize(size,Image.Resampling.BILINEAR)
        small=preview(os.path.join(D,'photo52.jpg'),(160,110))
        print('preview',small.size,small.mode)
        return small
    def good():
        from PIL import Image
        def preview(path,size):
            with Image.open(path) as im:
                im.draft('RGB',size)
                return im.resize(size,Image.Resampling.BILINEAR)
        small=preview(os.path.join(D,'photo52.jpg'),(160,110))
        print('preview',small.size,small.mode)
        return small
def load_series(sensor):
    import numpy as np
    t=np.arange(800_000)/50
    return np.sin(t*(sensor+1))
def series_peak(sensor):
    return float(load_series(sensor).max())
@case('22 workers send whole arrays back')
class _:
    def setup():
        import multiprocessing.pool, numpy
    def bad():
        import multiprocessing
        with multiprocessing.get_context('fork').Pool(2) as pool:
            series=pool.map(load_series,range(12))
        print('peaks',round(sum(float(s.max()) for s in series),6))
    def good():
        import multiprocessing
        with multiprocessing.get_context('fork').Pool(2) as pool:
            peaks=pool.map(series_peak,range(12))
        print('peaks',round(sum(peaks),6))
@case('23 gather starts every download at once')
class _:
    def setup():
        import asyncio
    def bad():
        import asyncio
        async def download(i):
            await asyncio.sleep(0)
            body=bytearray(b'd')*160_000
            await asyncio.sleep(0.005)
            return sum(body[:10])+i
        async def main():
            return sum(await asyncio.gather(*(download(i) for i in range(400))))
        print('sum',asyncio.run(main()))
    def good():
        import asyncio
        async def download(i):
            await asyncio.sleep(0)
            body=bytearray(b'd')*160_000
            await asyncio.sleep(0.005)
            return sum(body[:10])+i
        async def main():
            slots=asyncio.Semaphore(8)
            async def limited(i):
                async with slots:
                    return await download(i)
            return sum(await asyncio.gather(*(limited(i) for i in range(400))))
        print('sum',asyncio.run(main()))
@case('24 queryset measured with len')
class _:
    def setup():
        import sqlite3
        import django
        from django.conf import settings
        def build(path):
            db=sqlite3.connect(path)
            db.execute('create table shop_order(id integer primary key, state text, note text, total real)')
            db.executemany('insert into shop_order values(?,?,?,?)',((i,'open' if i%4 else 'paid',f'note {i} '*8,i*0.5) for i in range(120_000)))
            db.commit()
            db.close()
        path=fixture('shop120.db',build)
        settings.configure(DATABASES={'default':{'ENGINE':'django.db.backends.sqlite3','NAME':path}},INSTALLED_APPS=[],DEBUG=False)
        django.setup()
        global Order
        from django.db import models
        class Order(models.Model):
            state=models.CharField(max_length=20)
            note=models.TextField()
            total=models.FloatField()
            class Meta:
                app_label='shop'
                managed=False
        Order.objects.filter(state='x').count()
        list(Order.objects.all()[:1])
    def bad():
        def dashboard():
            pending=Order.objects.filter(state='open')
            return {'pending':len(pending)}
        print(dashboard())
    def good():
        def dashboard():
            pending=Order.objects.filter(state='open')
            return {'pending':pending.count()}
        print(dashboard())
@case('25 apply returns a Series per row')
class _:
    def setup():
        import pandas as pd, numpy
        d=pd.DataFrame({'w':[1.,2.],'h':[2.,3.]})
        d.apply(lambda r: pd.Series({'a':r.w}),axis=1)
        pd.DataFrame({'a':d.w*d.h})
    def rects():
        import numpy as np
        import pandas as pd
        n=9_000
        return pd.DataFrame({'w':np.arange(n)*0.5,'h':np.arange(n)%100+1.0})
    def bad():
        import pandas as pd
        def measure(row):
            return pd.Series({'area':row['w']*row['h'],'edge':2*(row['w']+row['h'])})
        rects=CASES['25 apply returns a Series per row'].rects()
        sizes=rects.apply(measure,axis=1)
        print('area',float(sizes['area'].sum()),'edge',float(sizes['edge'].sum()))
    def good():
        import pandas as pd
        rects=CASES['25 apply returns a Series per row'].rects()
        sizes=pd.DataFrame({'area':rects['w']*rects['h'],'edge':2*(rects['w']+rects['h'])})
        print('area',float(sizes['area'].sum()),'edge',float(sizes['edge'].sum()))
@case('26 sparse matrix filled cell by cell')
class _:
    def setup():
        import scipy.sparse, numpy, array
    def ratings():
        for i in range(220_000):
            yield i%6000,i*7%4001,float(i%5+1)
    def bad():
        import scipy.sparse as sp
        def build(ratings,shape):
            m=sp.dok_matrix(shape)
            for user,item,stars in ratings:
                m[user,item]=stars
            return m.tocsr()
        m=build(CASES['26 sparse matrix filled cell by cell'].ratings(),(6000,4001))
        print('stored',m.nnz,float(m.sum()))
        return m
    def good():
        from array import array
        import numpy as np
        import scipy.sparse as sp
        def build(ratings,shape):
            rows=array('i')
            cols=array('i')
            stars=array('d')
            for user,item,star in ratings:
                rows.append(user)
                cols.append(item)
                stars.append(star)
            index=(np.frombuffer(rows,'i4'),np.frombuffer(cols,'i4'))
            return sp.csr_matrix((np.frombuffer(stars),index),shape=shape)
        m=build(CASES['26 sparse matrix filled cell by cell'].ratings(),(6000,4001))
        print('stored',m.nnz,float(m.sum()))
        return m
@case('28 debug text of a body nobody logs')
class _:
    def setup():
        import logging
        logging.basicConfig(level=logging.INFO)
    def bad():
        import logging
        log=logging.getLogger('upload')
        def receive(body):
            log.debug(f'received body {body!r}')
            return sum(body[::4096])
        print('crc',receive(bytes(range(256))*40_000))
    def good():
        import logging
        log=logging.getLogger('upload')
        def receive(body):
            log.debug('received body of %d bytes, starts %r',len(body),body[:64])
            return sum(body[::4096])
        print('crc',receive(bytes(range(256))*40_000))
@case('31 multipart upload built in memory')
class _:
    def setup():
        import http.server, threading, requests, httpx
        global upload_server
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                left=int(self.headers['Content-Length'])
                while left:
                    left-=len(self.rfile.read(min(left,65536)))
                self.send_response(201)
                self.send_header('Content-Length','0')
                self.end_headers()
            def log_message(self,*args):
                pass
        upload_server=http.server.ThreadingHTTPServer(('127.0.0.1',0),Handler)
        threading.Thread(target=upload_server.serve_forever,daemon=True).start()
        url=f'http://127.0.0.1:{upload_server.server_port}/'
        requests.post(url,files={'file':b'x'})
        httpx.post(url,files={'file':b'x'})
        def build(path):
            with open(path,'wb') as f:
                for i in range(48):
                    f.write(bytes([i])*1_000_000)
        fixture('video48.bin',build)
    def bad():
        import requests
        url=f'http://127.0.0.1:{upload_server.server_port}/videos'
        with open(os.path.join(D,'video48.bin'),'rb') as f:
            response=requests.post(url,data={'title':'holiday'},files={'file':f})
        print('status',response.status_code)
    def good():
        import httpx
        url=f'http://127.0.0.1:{upload_server.server_port}/videos'
        with open(os.path.join(D,'video48.bin'),'rb') as f:
            response=httpx.post(url,data={'title':'holiday'},files={'file':f})
        print('status',response.status_code)
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
