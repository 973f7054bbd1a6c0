import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('26 pixels as a sequence of tuples')
class _:
    def setup():
        from PIL import Image
        Image.init()
        def build(path):
            tile=Image.new('RGB',(7,5))
            for i in range(35):
                tile.putpixel((i%7,i//7),(i*7%256,i*31%256,i*3%256))
            big=Image.new('RGB',(980,700),(200,30,60))
            for x in range(0,980,14):
                for y in range(0,700,10):
                    big.paste(tile,(x,y))
            big.save(path,format='PNG')
        fixture('poster.png',build)
    def bad():
        from collections import Counter
        from PIL import Image
        def dominant_colour(path):
            with Image.open(path) as im:
                pixels=im.convert('RGB').get_flattened_data()
            colour,count=Counter(pixels).most_common(1)[0]
            return colour,count
        print('dominant',{dominant_colour(os.path.join(D,'poster.png')) for _ in range(4)})
    def good():
        from PIL import Image
        def dominant_colour(path):
            with Image.open(path) as im:
                colours=im.convert('RGB').getcolors(maxcolors=1<<16)
            count,colour=max(colours)
            return colour,count
        print('dominant',{dominant_colour(os.path.join(D,'poster.png')) for _ in range(4)})


if __name__ == "__main__":
    kept = run()
