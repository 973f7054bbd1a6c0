import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('24 views keep observing the shared settings')
class _:
    def setup(): import traitlets
    def bad():
        from traitlets import HasTraits, Unicode
        class Settings(HasTraits): theme=Unicode('light')
        settings=Settings()
        class View:
            def __init__(s):
                s.rows=bytearray(b'x')*300_000; settings.observe(s.repaint,names='theme')
            def repaint(s,change): s.theme=change.new
            def close(s): s.open=False
        for i in range(300):
            v=View(); v.close()
        return settings
    def good():
        from traitlets import HasTraits, Unicode
        class Settings(HasTraits): theme=Unicode('light')
        settings=Settings()
        class View:
            def __init__(s):
                s.rows=bytearray(b'x')*300_000; settings.observe(s.repaint,names='theme')
            def repaint(s,change): s.theme=change.new
            def close(s): s.open=False; settings.unobserve(s.repaint,names='theme')
        for i in range(300):
            v=View(); v.close()
        return settings


if __name__ == "__main__":
    kept = run()
