"""The viewer that HTML reports carry: plain ES modules, inlined as they are."""
