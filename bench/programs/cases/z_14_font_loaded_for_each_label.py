import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('14 font loaded for each label')
class _:
    def setup(): import matplotlib, PIL.ImageFont
    def bad():
        import matplotlib
        from PIL import ImageFont
        path=matplotlib.get_data_path()+'/fonts/ttf/DejaVuSans.ttf'
        labels=[]
        for i in range(300):
            font=ImageFont.truetype(path,14)
            labels.append((f'station {i}',font,font.getbbox(f'station {i}')))
        return labels
    def good():
        import matplotlib
        from PIL import ImageFont
        path=matplotlib.get_data_path()+'/fonts/ttf/DejaVuSans.ttf'
        labels=[]; font=ImageFont.truetype(path,14)
        for i in range(300):
            labels.append((f'station {i}',font,font.getbbox(f'station {i}')))
        return labels


if __name__ == "__main__":
    kept = run()
