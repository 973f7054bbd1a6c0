"""What lives in the target: the native recorder and the thinnest Python around it."""
