"""The interfaces of older tools, on Heapwise's own measurements."""
