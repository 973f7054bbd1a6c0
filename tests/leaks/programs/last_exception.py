CODE, HOLDER = "HW121", "sys.last_value"
import sys
class Failed(Exception): pass
def run(size, before):
    data = bytearray(size)  # here
    raise Failed("no") from before
def leaking():
    try: run(3000, getattr(sys, "last_value", None))
    except Failed as e: sys.last_value = e; sys.last_traceback = e.__traceback__
def clean():
    try: run(3000, None)
    except Failed as e: sys.last_value = None; sys.last_traceback = None
