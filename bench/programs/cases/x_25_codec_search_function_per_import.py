import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('25 codec search function per import')
class _:
    def run(good):
        import codecs
        def load(i):
            glyphs=bytearray(b'x')*1_000_000
            def find(name):
                if name==f'legacy{i}': return codecs.CodecInfo(codecs.ascii_encode,lambda b,e='strict': (chr(glyphs[0])*len(b),len(b)),name=name)
            codecs.register(find)
            text=b'abc'.decode(f'legacy{i}')
            if good: codecs.unregister(find)
            return text
        return [load(i) for i in range(100)]
    def bad(): return CASES['25 codec search function per import'].run(False)
    def good(): return CASES['25 codec search function per import'].run(True)


if __name__ == "__main__":
    kept = run()
