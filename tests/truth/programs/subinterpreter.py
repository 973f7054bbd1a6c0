"""A subinterpreter's allocations are the process's."""
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters

inner = interpreters.create()
run = getattr(interpreters, "run_string", None) or interpreters.exec
run(inner, "kept = bytes(24 << 20)")  # truth: total=24*MiB end=0
interpreters.destroy(inner)
