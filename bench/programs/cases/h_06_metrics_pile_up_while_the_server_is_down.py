import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('06 metrics pile up while the server is down')
class _:
    def setup():
        import socket, requests
        global collector_url
        with socket.socket() as s:
            s.bind(('127.0.0.1',0))
            collector_url=f'http://127.0.0.1:{s.getsockname()[1]}/v1/metrics'
        try: requests.post(collector_url,json=[{'name':'warm'}],timeout=2)
        except requests.ConnectionError: pass
    def bad():
        import requests
        class MetricsClient:
            def __init__(self,url,batch=100):
                self.url=url
                self.batch=batch
                self.buffer=[]
                self.failures=0
            def emit(self,name,value,**tags):
                self.buffer.append({'name':name,'value':value,'tags':tags})
                if len(self.buffer)%2000==0:
                    self.flush()
            def flush(self):
                while self.buffer:
                    batch,self.buffer=self.buffer[:self.batch],self.buffer[self.batch:]
                    try:
                        requests.post(self.url,json=batch,timeout=2).raise_for_status()
                    except requests.RequestException:
                        self.failures+=1
                        self.buffer=batch+self.buffer
                        return
        client=MetricsClient(collector_url)
        for i in range(64_000):
            client.emit('request.seconds',i*0.001,path=f'/orders/{i}',trace=f'{i:032x}')
        print('failed flushes',client.failures)
        return client
    def good():
        import collections
        import itertools
        import requests
        class MetricsClient:
            def __init__(self,url,batch=100,limit=4000):
                self.url=url
                self.batch=batch
                self.buffer=collections.deque(maxlen=limit)
                self.emitted=0
                self.failures=0
            def emit(self,name,value,**tags):
                self.buffer.append({'name':name,'value':value,'tags':tags})
                self.emitted+=1
                if self.emitted%2000==0:
                    self.flush()
            def flush(self):
                while self.buffer:
                    batch=list(itertools.islice(self.buffer,self.batch))
                    try:
                        requests.post(self.url,json=batch,timeout=2).raise_for_status()
                    except requests.RequestException:
                        self.failures+=1
                        return
                    for _ in batch:
                        self.buffer.popleft()
        client=MetricsClient(collector_url)
        for i in range(64_000):
            client.emit('request.seconds',i*0.001,path=f'/orders/{i}',trace=f'{i:032x}')
        print('failed flushes',client.failures)
        return client


if __name__ == "__main__":
    kept = run()
