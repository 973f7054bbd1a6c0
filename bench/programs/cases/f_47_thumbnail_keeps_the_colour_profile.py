import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


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


if __name__ == "__main__":
    kept = run()
