import weakref
class Wrapper:
    def __init__(self, of): self.of = of
WEAK = weakref.WeakKeyDictionary()
def wrap(obj):
    WEAK[obj] = Wrapper(obj)  # expect: HW512
def pair(obj, n):
    WEAK[obj] = (obj, n)  # expect: HW512
def late(obj):
    WEAK[obj] = lambda: obj  # expect: HW512
def fine(obj):
    WEAK[obj] = weakref.ref(obj)
    WEAK[obj] = len(obj)
    WEAK[obj] = str(obj)
