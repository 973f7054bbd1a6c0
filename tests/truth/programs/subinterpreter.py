"""A subinterpreter's allocations are the process's: its own line's (3.11: its creator's)."""
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters

inner = interpreters.create()
run = getattr(interpreters, "run_string", None) or interpreters.exec
source = "\n" * 10 + "kept = bytes(24 << 20)"
run(inner, f"exec(compile({source!r}, {__file__!r}, 'exec'))")  # truth: total=24*MiB*(version<12)..24.2*MiB*(version<12)+100_000 end=0..1000
# truth: total=24*MiB*(version>=12)..24.2*MiB*(version>=12)+100_000 end=0..1000
interpreters.destroy(inner)
