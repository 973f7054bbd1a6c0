import weakref
class Kept:
    def __init__(self):
        weakref.finalize(self, self.close)  # expect: HW504
        weakref.finalize(self, lambda: self.close())  # expect: HW504
        weakref.finalize(self, print, self)  # expect: HW504
        weakref.finalize(self, self._close_static, 1)
        weakref.finalize(self, print, self.name)
    def close(self): pass
    @staticmethod
    def _close_static(n): pass
