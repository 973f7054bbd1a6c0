CODE, HOLDER = "HW121", "exception_contexts.current"
current = None


def leaking():
    global current
    try:
        try:
            if current is not None:
                raise current
            raise KeyError("first")
        finally:
            note = bytearray(3000)  # here
            assert note
            raise RuntimeError("again")
    except RuntimeError as e:
        current = e


def clean():
    global current
    try:
        try:
            raise KeyError("first")
        finally:
            bytearray(3000)
            raise RuntimeError("again")
    except RuntimeError as e:
        current = str(e)
