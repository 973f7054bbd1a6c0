import enum, functools
from functools import cache, lru_cache as memo
from cachetools import cached
class Model:
    @functools.lru_cache(maxsize=100)
    def a(self, x): return self.k * x
    @cache  # expect: HW501
    def b(self): return self.k
    @memo(None)  # expect: HW501
    def c(self, x): return x * 2
    @cached(cache={})  # expect: HW501
    def d(self, x): return self.k
    @cached(cache={}, key=lambda self, x: x)
    def keyed(self, x): return self.k
    @staticmethod
    @functools.cache
    def s(x: bool): return x
    @classmethod
    @functools.cache
    def t(cls): return cls
    @functools.lru_cache
    def __new__(cls): return object.__new__(cls)
    def _plain(self, x): return x
    called = functools.cache(_plain)  # expect: HW501
class Many:
    @functools.lru_cache(maxsize=100)  # expect: HW501
    def a(self, x): return x.k * self.k
    @functools.cache
    def by_class(cls): return 1
def load(rows):
    return [Many() for row in rows]
class Color(enum.Enum):
    RED = 1
    @functools.cache
    def hex(self): return "#"
@functools.lru_cache(maxsize=10)
def free(x): return x
