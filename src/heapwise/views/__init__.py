"""Ordered lists of queries: what a report shows, and in which order."""
