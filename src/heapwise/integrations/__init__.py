"""Heapwise within other programs: one file an integration."""
