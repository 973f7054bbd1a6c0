"""From a view to bytes, one format a file."""
