import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('72d full decode of a JPEG for its thumbnail')
class _:
    def setup():
        from PIL import Image
        if not os.path.exists(D+'/photo-p.jpg'): Image.linear_gradient('L').resize((6000,5000)).convert('RGB').save(D+'/photo-p.jpg')
        Image.open(D+'/photo-p.jpg').close()
    def bad():
        from PIL import Image
        with Image.open(D+'/photo-p.jpg') as im:
            return im.resize((300,250))
    def good():
        from PIL import Image
        with Image.open(D+'/photo-p.jpg') as im:
            im.draft('RGB',(300,250))
            return im.resize((300,250))


if __name__ == "__main__":
    kept = run()
