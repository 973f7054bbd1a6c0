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
class Maze:
    def __init__(self, graph, start):
        self._graph, self._start = graph, start
        self._paths = {start: [start]}
    def walk(self):
        queue = deque([self._start])
        while queue:
            cell = queue.popleft()
            for other in self._graph[cell]:
                if other not in self._paths:
                    self._paths[other] = self._paths[cell] + [other]  # expect: HW729
                    queue.append(other)
        return len(self._paths)
    def path_to(self, cell):
        return self._paths[cell]
    def distance(self, cell):
        return len(self._paths[cell]) - 1
class Front:
    def __init__(self, start):
        self._routes: dict[int, tuple] = {}
        self._front = [start]
    def step(self, graph):
        front = []
        for cell in self._front:
            route = self._routes[cell]
            for other in graph[cell]:
                self._routes[other] = (*route, other)  # expect: HW729
                front.append(other)
        self._front = front
class Waiting:
    def __init__(self, start):
        self._waiting = deque([(start, [start])])
    def find(self, graph, goal):
        while self._waiting:
            cell, way = self._waiting.popleft()
            if cell == goal:
                return way
            for other in graph[cell]:
                self._waiting.append((other, way + [other]))  # expect: HW729
class Given:
    def __init__(self, start):
        self._all_paths = {start: [start]}
    def walk(self, graph, queue):
        for cell in queue:
            for other in graph[cell]:
                self._all_paths[other] = self._all_paths[cell] + [other]
        return self._all_paths
class Listed:
    def __init__(self, start):
        self._listed = {start: [start]}
    def walk(self, graph, queue):
        for cell in queue:
            for other in graph[cell]:
                self._listed[other] = self._listed[cell] + [other]
    def show(self):
        for path in self._listed.values():
            print(path)
class Gathered:
    def __init__(self, start):
        self._gathered = {start: [start]}
    def walk(self, graph, queue):
        for cell in queue:
            for other in graph[cell]:
                self._gathered[other] = self._gathered[cell] + [other]
        return [self._gathered[cell] for cell in queue]
class Shared:
    def __init__(self, paths):
        self._shared = paths
    def walk(self, graph, queue):
        for cell in queue:
            for other in graph[cell]:
                self._shared[other] = self._shared[cell] + [other]
class Open:
    def __init__(self, start):
        self.paths = {start: [start]}
    def walk(self, graph, queue):
        for cell in queue:
            for other in graph[cell]:
                self.paths[other] = self.paths[cell] + [other]
class Labels:
    def __init__(self):
        self._labels = {}
    def add(self, rows):
        for row in rows:
            self._labels[row.name] = row.words + ["end"]
def stacks_of_rows(parents, frames, sizes):
    stacks, samples = [[]], []
    for row in range(len(parents)):
        stacks.append([*stacks[parents[row]], frames[row]])
        if sizes[row]:
            samples.append(stacks[row])
    return samples
def by_name(parents, names):
    paths, found = {0: []}, {}
    for row in range(len(parents)):
        paths[row] = paths[parents[row]] + [row]
        found[names[row]] = paths[row]
    return found


class Trail:
    def __init__(self, depot): self._trail = {depot: (depot,)}
    def extend(self, node, other): self._trail[other] = self._trail[node] + (other,)  # expect: HW729
    def route(self, node): return list(self._trail[node])


class Once:
    def __init__(self, depot): self._way = {depot: (depot,)}
    def extend_once(self, node, other): self._way[other] = self._way[node] + (other,)


def explore(net, trail, once):
    for node, other in net: trail.extend(node, other)
    once.extend_once(net[0], net[1])
