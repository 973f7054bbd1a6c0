import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


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


if __name__ == "__main__":
    kept = run()
