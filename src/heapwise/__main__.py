"""`python -m heapwise` is the command `heapwise`."""

from heapwise.cli.main import entry

entry()
