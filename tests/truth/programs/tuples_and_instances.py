"""Instances with slots, and their tuples."""


class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


points = [Point(None, None) for _ in range(100_000)]  # truth: end=100_000*48+800_000 peak=100_000*48+800_000
pairs = [(point, None) for point in points]  # truth: end=100_000*getsizeof((1,2))+800_000 peak=100_000*getsizeof((1,2))+800_000
