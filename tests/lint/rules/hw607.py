def walk(root):
    waiting = [root]
    while waiting:
        node = waiting.pop(0)  # expect: HW607
        waiting.extend(node.children)
def stack(root):
    waiting = [root]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.children)
def once(words):
    rest = [*words]
    return rest.pop(0)
def other(queue):
    while queue:
        queue.pop(0)
