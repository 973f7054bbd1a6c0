"""A program that is killed: all but the last second is there."""
# dies: SIGKILL
import os
import signal
import time

kept = bytes(32 << 20)  # truth: peak=32*MiB end=32*MiB
time.sleep(1.3)
os.kill(os.getpid(), signal.SIGKILL)
