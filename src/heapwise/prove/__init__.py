"""Trying what would help: the program's own command, run before and after, and compared."""
