"""A child's own allocation; what it inherited is the parent's."""
import os

kept = bytes(16 << 20)  # truth: peak=16*MiB end=16*MiB
pid = os.fork()
if pid == 0:
    mine = bytes(24 << 20)  # truth: peak=24*MiB
    os._exit(0)
os.waitpid(pid, 0)
