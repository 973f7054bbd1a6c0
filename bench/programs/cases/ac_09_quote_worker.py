"""A pricing worker: takes policy documents, evaluates their rule trees, answers with a premium."""
import gc

from harness import case, run


class Rule:
    """A node of a policy: knows its parent, because limits are inherited downwards."""

    def __init__(self, name, factor, parent=None):
        self.name = name
        self.factor = factor
        self.parent = parent
        self.children = []
        if parent is not None:
            parent.children.append(self)

    def limit(self):
        node = self
        while node.parent is not None:
            node = node.parent
        return node.factor

    def premium(self):
        own = min(self.factor, self.limit())
        return own + sum(child.premium() for child in self.children)


def parse(policy):
    """Builds the rules of a policy out of its document."""
    root = Rule(f"policy {policy}", 40)
    for section in range(12):
        head = Rule(f"policy {policy} section {section}", (policy + section) % 50, root)
        for clause in range(14):
            sub = Rule(f"clause {section}.{clause} of {policy}", (policy * clause) % 60, head)
            Rule(f"note to clause {section}.{clause}", clause % 3, sub)
    return root


class Worker:
    def __init__(self):
        self.answered = 0
        self.total = 0

    def prepare(self):
        """Settings for low latency, once, before the first request."""
        gc.collect()
        gc.disable()

    def answer(self, policy):
        premium = parse(policy).premium()
        self.answered += 1
        self.total += premium
        return premium

    def serve(self, policies):
        self.prepare()
        highest = max(self.answer(policy) for policy in policies)
        print(f"{self.answered} quotes, {self.total} in all, highest {highest}")


class FrozenWorker(Worker):
    def prepare(self):
        gc.collect()
        gc.freeze()


@case("ac 09 quote worker")
class _:
    def bad():
        worker = Worker()
        worker.serve(range(1200))
        return worker

    def good():
        worker = FrozenWorker()
        worker.serve(range(1200))
        return worker


if __name__ == "__main__":
    kept = run()
