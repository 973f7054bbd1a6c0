import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('10 animation caches its frames')
class _:
    def setup():
        import matplotlib
        matplotlib.use('Agg')
        import numpy as np
        import matplotlib.pyplot as plt
        from matplotlib.animation import FuncAnimation
        fig,ax=plt.subplots(figsize=(1,1),dpi=60)
        image=ax.imshow(np.zeros((300,400),dtype='float32'),vmin=0,vmax=1)
        def show(frame):
            image.set_data(frame)
            return [image]
        FuncAnimation(fig,show,frames=[np.zeros((300,400),dtype='float32')]*2).save(os.path.join(D,'warm.gif'),writer='pillow')
        plt.close(fig)
    def bad():
        import numpy as np
        import matplotlib.pyplot as plt
        from matplotlib.animation import FuncAnimation
        def radar_frames(n):
            for i in range(n):
                yield np.full((300,400),i/n,dtype='float32')
        class RadarMovie:
            def __init__(self,n):
                self.fig,ax=plt.subplots(figsize=(1,1),dpi=60)
                self.image=ax.imshow(np.zeros((300,400),dtype='float32'),vmin=0,vmax=1)
                self.animation=FuncAnimation(self.fig,self.show,frames=radar_frames(n),save_count=n)
            def show(self,frame):
                self.image.set_data(frame)
                return [self.image]
        movie=RadarMovie(100)
        movie.animation.save(os.path.join(D,'radar-bad.gif'),writer='pillow')
        plt.close(movie.fig)
        print('last',round(float(movie.image.get_array().max()),3))
        return movie
    def good():
        import numpy as np
        import matplotlib.pyplot as plt
        from matplotlib.animation import FuncAnimation
        def radar_frames(n):
            for i in range(n):
                yield np.full((300,400),i/n,dtype='float32')
        class RadarMovie:
            def __init__(self,n):
                self.fig,ax=plt.subplots(figsize=(1,1),dpi=60)
                self.image=ax.imshow(np.zeros((300,400),dtype='float32'),vmin=0,vmax=1)
                self.animation=FuncAnimation(self.fig,self.show,frames=radar_frames(n),save_count=n,repeat=False,cache_frame_data=False)
            def show(self,frame):
                self.image.set_data(frame)
                return [self.image]
        movie=RadarMovie(100)
        movie.animation.save(os.path.join(D,'radar-good.gif'),writer='pillow')
        plt.close(movie.fig)
        print('last',round(float(movie.image.get_array().max()),3))
        return movie


if __name__ == "__main__":
    kept = run()
