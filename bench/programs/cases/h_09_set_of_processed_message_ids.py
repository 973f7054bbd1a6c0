import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('09 set of processed message ids')
class _:
    def messages():
        for i in range(330_000):
            yield f'{i:08x}-0000-4000-8000-{i*7919:012x}'
            if i%10==0:
                yield f'{i:08x}-0000-4000-8000-{i*7919:012x}'
    def bad():
        class Consumer:
            def __init__(self):
                self.processed=set()
                self.handled=0
            def on_message(self,message_id):
                if message_id in self.processed:
                    return
                self.processed.add(message_id)
                self.handled+=1
        consumer=Consumer()
        for message_id in CASES['09 set of processed message ids'].messages():
            consumer.on_message(message_id)
        print('handled',consumer.handled)
        return consumer
    def good():
        from collections import OrderedDict
        class Consumer:
            def __init__(self,window=10_000):
                self.window=window
                self.processed=OrderedDict()
                self.handled=0
            def on_message(self,message_id):
                if message_id in self.processed:
                    return
                self.processed[message_id]=None
                if len(self.processed)>self.window:
                    self.processed.popitem(last=False)
                self.handled+=1
        consumer=Consumer()
        for message_id in CASES['09 set of processed message ids'].messages():
            consumer.on_message(message_id)
        print('handled',consumer.handled)
        return consumer


if __name__ == "__main__":
    kept = run()
