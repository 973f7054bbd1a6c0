import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('12 asdict copies the track before it is written')
class _:
    def setup():
        import json, dataclasses
        json.dump({'a':[1.5]},open(os.devnull,'w'))
    def bad():
        import json
        from dataclasses import asdict, dataclass
        @dataclass(slots=True)
        class Point:
            lat: float
            lon: float
            height: float
        @dataclass(slots=True)
        class Track:
            name: str
            points: list
        def save(track,path):
            with open(path,'w') as f:
                json.dump(asdict(track),f)
        track=Track('tour',[Point(i*0.5,i*0.25,i%900*1.0) for i in range(160_000)])
        path=os.path.join(D,'track-bad.json')
        save(track,path)
        print('size',os.path.getsize(path))
    def good():
        import json
        from dataclasses import dataclass, fields
        @dataclass(slots=True)
        class Point:
            lat: float
            lon: float
            height: float
        @dataclass(slots=True)
        class Track:
            name: str
            points: list
        names={cls:[f.name for f in fields(cls)] for cls in (Point,Track)}
        def plain(obj):
            return {name:getattr(obj,name) for name in names[type(obj)]}
        def save(track,path):
            with open(path,'w') as f:
                json.dump(track,f,default=plain)
        track=Track('tour',[Point(i*0.5,i*0.25,i%900*1.0) for i in range(160_000)])
        path=os.path.join(D,'track-good.json')
        save(track,path)
        print('size',os.path.getsize(path))


if __name__ == "__main__":
    kept = run()
