"""A Python child that runs this very file."""
import subprocess
import sys

if len(sys.argv) == 1:
    subprocess.run([sys.executable, __file__, "child"], check=True)
else:
    kept = bytes(40 << 20)  # truth: peak=40*MiB total=40*MiB
