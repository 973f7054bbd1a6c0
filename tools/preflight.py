"""Names what the build will miss, before it fails. Standard library only; any Python 3."""

import os
import shutil
import sys
import sysconfig


def faults():
    """Yields (what is missing, what mends it)."""
    if sys.version_info < (3, 11):
        yield (
            "Python %d.%d is too old" % sys.version_info[:2],
            "use 3.11 or newer: PYTHON=python3.12 make test",
        )
        return
    if sys.version_info >= (3, 15):
        yield "Python %d.%d is not known to Heapwise yet" % sys.version_info[:2], "use 3.11 to 3.14"
    if sys.implementation.name != "cpython":
        yield "this is " + sys.implementation.name, "use CPython"
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        yield "this is a free-threaded build", "use a build with the GIL"
    if not sys.platform.startswith("linux"):
        yield "Heapwise records on Linux only", "build it there"
    header = os.path.join(sysconfig.get_paths()["include"], "Python.h")
    if not os.path.exists(header):
        version = "%d.%d" % sys.version_info[:2]
        yield (
            "Python.h is missing (%s)" % header,
            "apt install python%s-dev (or python3-devel)" % version,
        )
    compiler = os.environ.get("CXX", "c++")
    if not any(shutil.which(name) for name in (compiler.split()[0], "c++", "g++", "clang++")):
        yield "there is no C++ compiler", "apt install g++ (or set CXX)"
    if not any(shutil.which(name) for name in ("make", "gmake", "ninja")):
        yield "there is no make", "apt install make"


found = list(faults())
for what, mend in found:
    print("heapwise: %s: %s" % (what, mend), file=sys.stderr)
sys.exit(1 if found else 0)
