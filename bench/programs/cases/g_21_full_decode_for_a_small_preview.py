import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


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


if __name__ == "__main__":
    kept = run()
