"""Questions to a recording, one a file: pure functions from model to Table."""
