import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('17 topic is a view of the whole frame')
class _:
    def bad():
        class Broker:
            def __init__(self):
                self.last_topic={}
                self.received=0
            def on_frame(self,sender,frame):
                view=memoryview(frame)
                length=view[0]
                topic=view[1:1+length]
                self.last_topic[sender]=topic
                self.received+=sum(view[1+length:])
        broker=Broker()
        for i in range(250):
            topic=f'sensors/room{i:03d}'.encode()
            broker.on_frame(f'device-{i}',bytes([len(topic)])+topic+bytes(range(200))*1000)
        print('received',broker.received,'topics',len({bytes(t) for t in broker.last_topic.values()}))
        return broker
    def good():
        class Broker:
            def __init__(self):
                self.last_topic={}
                self.received=0
            def on_frame(self,sender,frame):
                view=memoryview(frame)
                length=view[0]
                topic=bytes(view[1:1+length])
                self.last_topic[sender]=topic
                self.received+=sum(view[1+length:])
        broker=Broker()
        for i in range(250):
            topic=f'sensors/room{i:03d}'.encode()
            broker.on_frame(f'device-{i}',bytes([len(topic)])+topic+bytes(range(200))*1000)
        print('received',broker.received,'topics',len({bytes(t) for t in broker.last_topic.values()}))
        return broker


if __name__ == "__main__":
    kept = run()
