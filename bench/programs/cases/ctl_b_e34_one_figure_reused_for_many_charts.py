import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E34 one figure reused for many charts')
class _:
    def setup(): import numpy, matplotlib.figure, matplotlib.backends.backend_agg
    def good():
        import io, zlib, numpy as np
        from matplotlib.figure import Figure
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        fig=Figure(figsize=(6,4),dpi=100); FigureCanvasAgg(fig); r=np.random.default_rng(34)
        def chart(day):
            fig.clear(); ax=fig.add_axes((0,.1,1,.9)); ax.imshow(r.integers(0,256,(220,330,3),dtype=np.uint8),aspect='auto'); ax.set_title(f'day {day}')
            out=io.BytesIO(); fig.savefig(out,format='png'); return out.getvalue()
        album={day:chart(day) for day in range(45)}
        size={d:(int.from_bytes(p[16:20],'big'),int.from_bytes(p[20:24],'big')) for d,p in album.items()}
        crc=0
        for view in range(300): crc^=zlib.crc32(album[view*31%45])
        return album,size,crc


if __name__ == "__main__":
    kept = run()
