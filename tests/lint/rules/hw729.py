# sized
import heapq
from collections import deque
def breadth_first(graph, start, goal):
    paths = {start: [start]}
    queue = deque([start])
    while queue:
        cell = queue.popleft()
        for other in graph[cell]:
            if other not in paths:
                paths[other] = paths[cell] + [other]  # expect: HW729
                queue.append(other)
    return paths[goal]
def in_the_queue(graph, start, goal):
    queue, seen = deque([(start, [start])]), {start}
    while queue:
        cell, path = queue.popleft()
        if cell == goal:
            return path
        for other in graph[cell]:
            if other not in seen:
                seen.add(other)
                queue.append((other, path + [other]))  # expect: HW729
def alone_in_the_queue(graph, start, goal):
    queue = [[start]]
    while queue:
        path = queue.pop(0)
        if path[-1] == goal:
            return path
        for other in graph[path[-1]]:
            queue.append([*path, other])  # expect: HW729
def in_a_heap(graph, start, goal):
    heap = [(0, start, ())]
    while heap:
        cost, cell, path = heapq.heappop(heap)
        if cell == goal:
            return cost, path
        for other, far in graph[cell]:
            heapq.heappush(heap, (cost + far, other, path + (other,)))  # expect: HW729
def all_paths(graph, start):
    paths = {start: [start]}
    queue = deque([start])
    while queue:
        cell = queue.popleft()
        for other in graph[cell]:
            paths[other] = paths[cell] + [other]
            queue.append(other)
    return paths
def results(rows):
    found = []
    for row in rows:
        path = row[:-1]
        found.append(path + [row])
    return found
def by_parent(graph, start):
    parent, queue = {start: None}, deque([start])
    while queue:
        cell = queue.popleft()
        for other in graph[cell]:
            parent[other] = cell
            queue.append(other)
    return parent
def other_dict(rows, base):
    named = {}
    for row in rows:
        named[row] = base[row] + [row]
    return named["x"]
def number(graph, start, goal):
    far, queue = {start: 0}, [start]
    while queue:
        cell = queue.pop()
        for other in graph[cell]:
            far[other] = far[cell] + 1
            queue.append(other)
    return far[goal]
def shown(graph, start):
    queue = [(start, [start])]
    while queue:
        cell, path = queue.pop()
        for other in graph[cell]:
            queue.append((other, path + [other]))
        print(queue)
