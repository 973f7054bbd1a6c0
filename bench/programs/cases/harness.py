"""Runs one arm of a case: its name stands in the file that imports this, `python FILE bad|good`."""
import gc
import os
import sys
import tempfile

CASES = {}
D = os.path.join(tempfile.gettempdir(), "memory-cases")
os.makedirs(D, exist_ok=True)


def case(name):
    def put(arms):
        CASES[name] = arms
        return arms
    return put


def fixture(name, build):
    """A file that another process makes, once, so that making it is none of the arm's memory."""
    path = os.path.join(D, name)
    if not os.path.exists(path):
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                build(path + ".part")
                os.rename(path + ".part", path)
                code = 0
            finally:
                os._exit(code)
        os.waitpid(pid, 0)
    return path


def run():
    """What the arm gives back is kept until the process ends."""
    arms = next(iter(CASES.values()))
    if hasattr(arms, "setup"):
        arms.setup()
    gc.collect()
    kept = getattr(arms, sys.argv[1])()
    if gc.isenabled():
        gc.collect()
    return kept
