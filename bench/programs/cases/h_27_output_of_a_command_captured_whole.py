import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('27 output of a command captured whole')
class _:
    def setup():
        import subprocess
        def build(path):
            with open(path,'w') as f:
                for i in range(320_000):
                    f.write(f'2026-11-{i%30+1:02d} {"ERROR" if i%50==0 else "INFO"} request {i} served\n')
        fixture('journal320.log',build)
        subprocess.run(['true'],capture_output=True,text=True)
    def bad():
        import subprocess
        from collections import Counter
        def levels(path):
            result=subprocess.run(['cat',path],capture_output=True,text=True,check=True)
            return Counter(line.split()[1] for line in result.stdout.splitlines())
        print('levels',levels(os.path.join(D,'journal320.log')))
    def good():
        import subprocess
        from collections import Counter
        def levels(path):
            with subprocess.Popen(['cat',path],stdout=subprocess.PIPE,text=True) as process:
                count=Counter(line.split()[1] for line in process.stdout)
            if process.returncode:
                raise subprocess.CalledProcessError(process.returncode,process.args)
            return count
        print('levels',levels(os.path.join(D,'journal320.log')))


if __name__ == "__main__":
    kept = run()
