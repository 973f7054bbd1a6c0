"""Typed views on what was recorded. The only package that opens files of ours."""
