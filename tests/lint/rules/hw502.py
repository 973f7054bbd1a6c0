import functools
from typing import Literal
@functools.cache  # expect: HW502
def tokens(text): return text.split()
@functools.lru_cache(maxsize=None)  # expect: HW502
def get(user_id: int): return user_id
@functools.lru_cache(None)  # expect: HW502
def digest(what: bytes): return hash(what)
@functools.lru_cache
def bounded(text): return text
@functools.lru_cache(maxsize=16)
def bounded2(text): return text
@functools.cache
def once(): return 1
@functools.cache
def flag(verbose: bool, kind: Literal["a", "b"]): return kind
@functools.cache
def cleared(text): return text
def forget(): cleared.cache_clear()
@functools.cache
def of_user(user: bool): return user
