import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('26 all frames of the animation are decoded at once')
class _:
    def setup():
        from PIL import Image, ImageSequence, GifImagePlugin
        def build(path):
            base=Image.linear_gradient('L').resize((520,400))
            frames=[base.rotate(i*5) for i in range(70)]
            frames[0].save(path,format='GIF',save_all=True,append_images=frames[1:],duration=40)
        path=fixture('anim70.gif',build)
        with Image.open(path) as im:
            im.convert('RGB').resize((8,8),Image.Resampling.BILINEAR)
    def bad():
        from PIL import Image, ImageSequence
        def contact_sheet(path,size):
            with Image.open(path) as im:
                frames=[frame.convert('RGB') for frame in ImageSequence.Iterator(im)]
            sheet=Image.new('RGB',(size*10,size*((len(frames)+9)//10)))
            for i,frame in enumerate(frames):
                sheet.paste(frame.resize((size,size),Image.Resampling.BILINEAR),(i%10*size,i//10*size))
            return sheet
        sheet=contact_sheet(os.path.join(D,'anim70.gif'),32)
        print('sheet',sheet.size,sum(sheet.convert('L').histogram()[128:]))
    def good():
        from PIL import Image, ImageSequence
        def contact_sheet(path,size):
            with Image.open(path) as im:
                sheet=Image.new('RGB',(size*10,size*((im.n_frames+9)//10)))
                for i,frame in enumerate(ImageSequence.Iterator(im)):
                    small=frame.convert('RGB').resize((size,size),Image.Resampling.BILINEAR)
                    sheet.paste(small,(i%10*size,i//10*size))
            return sheet
        sheet=contact_sheet(os.path.join(D,'anim70.gif'),32)
        print('sheet',sheet.size,sum(sheet.convert('L').histogram()[128:]))


if __name__ == "__main__":
    kept = run()
