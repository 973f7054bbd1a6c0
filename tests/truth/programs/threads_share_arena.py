"""Threads that free what others allocated, at the same addresses, under load."""
import queue
import threading

from native import libc

handed = queue.SimpleQueue()


def make():
    for _ in range(500):
        handed.put(libc.malloc(50_000))  # truth: total=100_000_000 end=0
    handed.put(None)


makers = [threading.Thread(target=make) for _ in range(4)]
for thread in makers:
    thread.start()
left = 4
while left:
    block = handed.get()
    if block is None:
        left -= 1
    else:
        libc.free(block)
for thread in makers:
    thread.join()
