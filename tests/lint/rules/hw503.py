import atexit, weakref
class Kept:
    def __init__(self):
        atexit.register(self.close)  # expect: HW503
    def open(self):
        atexit.register(lambda: self.close())  # expect: HW503
    def close(self): pass
class Unregisters:
    def __init__(self):
        atexit.register(self.close)
    def close(self): atexit.unregister(self.close)
class Static:
    def __init__(self):
        atexit.register(self._at_end)
    @staticmethod
    def _at_end(): pass
def at_end(): pass
atexit.register(at_end)
