"""Four threads that build and drop trees of small objects."""

import threading


class Node:
    def __init__(self, value, below):
        self.value = value
        self.below = below


def tree(depth):
    return Node(depth, [tree(depth - 1), tree(depth - 1)] if depth else [])


def work(results):
    count = 0
    for _ in range(560):
        count += len(tree(12).below)
    results.append(count)


results = []
threads = [threading.Thread(target=work, args=(results,)) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sum(results))
