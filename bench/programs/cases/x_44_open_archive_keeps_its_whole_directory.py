import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('44 open archive keeps its whole directory')
class _:
    def setup():
        import zipfile, shutil
        with zipfile.ZipFile(D+'/y_pkg0.zip','w') as z:
            z.writestr('VERSION','1.0')
            for i in range(6000): z.writestr(f'assets/icons/large/icon-{i:05d}.svg',b'')
        for k in range(1,20): shutil.copy(D+'/y_pkg0.zip',D+f'/y_pkg{k}.zip')
    def bad():
        import zipfile
        class Package:
            def __init__(s,path): s.zip=zipfile.ZipFile(path)
            def version(s): return s.zip.read('VERSION')
        pkgs=[Package(D+f'/y_pkg{k}.zip') for k in range(20)]
        return pkgs,[p.version() for p in pkgs]
    def good():
        import zipfile
        class Package:
            def __init__(s,path):
                with zipfile.ZipFile(path) as z: s.text=z.read('VERSION')
            def version(s): return s.text
        pkgs=[Package(D+f'/y_pkg{k}.zip') for k in range(20)]
        return pkgs,[p.version() for p in pkgs]


if __name__ == "__main__":
    kept = run()
