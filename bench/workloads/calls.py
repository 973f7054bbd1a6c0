"""Calls that allocate nothing: all numbers stay among the small integers that always exist."""


def fib(n):
    return n if n < 2 else (fib(n - 1) + fib(n - 2)) % 100


print(fib(38))
