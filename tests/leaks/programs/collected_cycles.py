CODE, HOLDER = "", ""


class Node:
    pass


def clean():
    for _ in range(50):
        node = Node()
        node.me, node.data = node, bytes(1000)
