"""Linter: parses the modules of a project, writes a scratch listing of each and collects complaints."""
import ast
import os
import random
import sys
import tempfile
import weakref
from collections import Counter

CASES = os.path.join(tempfile.gettempdir(), "memory-cases")
PROJECT = os.path.join(CASES, "ss-project")


def write_project(folder):
    rng = random.Random(1515)
    names = ["".join(rng.choices("abcdeilmnoprstu", k=rng.randint(3, 8))) + "_x" for _ in range(800)]
    os.makedirs(folder, exist_ok=True)
    for n in range(110):
        with open(os.path.join(folder, "mod_%03d.py" % n), "w") as out:
            out.write('"""Module %s."""\nimport os, %s\n\n' % (rng.choice(names), rng.choice(["re", "sys", "json"])))
            for f in range(rng.randint(15, 40)):
                a, b, c = rng.sample(names, 3)
                out.write("\n\ndef %s_%d(%s, %s=%d):\n" % (rng.choice(names), f, a, b, rng.randint(0, 999)))
                out.write("    %s = %s * %d\n" % (c, a, rng.randint(2, 99)))
                for _ in range(rng.randint(3, 9)):
                    out.write("    if %s > %d:\n        %s += os.path.getsize(%r) + len(str(%s))\n" % (
                        rng.choice((a, b, c)), rng.randint(0, 9999), c, rng.choice(names) + ".dat", rng.choice((a, b))))
                out.write("    return %s\n" % rng.choice((c, "(%s, %s)" % (b, c))))


def ensure_input(path, writer):
    if os.path.exists(path):
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    pid = os.fork()
    if pid == 0:
        writer(path + ".part")
        os.replace(path + ".part", path)
        os._exit(0)
    os.waitpid(pid, 0)


def remove_file(path):
    if os.path.exists(path):
        os.unlink(path)


class Unit:
    """One module under examination and its scratch file, which goes when the unit goes."""

    def __init__(self, path, scratch):
        self.name = os.path.basename(path)
        with open(path) as source:
            self.tree = ast.parse(source.read(), self.name)
        self.scratch = os.path.join(scratch, self.name + ".lst")

    def write_listing(self, lines):
        with open(self.scratch, "w") as out:
            out.writelines(line + "\n" for line in lines)
        return os.path.getsize(self.scratch)


class UnitBad(Unit):
    def __init__(self, path, scratch):
        super().__init__(path, scratch)
        self.cleanup = weakref.finalize(self, self.remove_scratch)
        self.cleanup.atexit = False

    def remove_scratch(self):
        remove_file(self.scratch)


class UnitGood(Unit):
    def __init__(self, path, scratch):
        super().__init__(path, scratch)
        self.cleanup = weakref.finalize(self, remove_file, self.scratch)
        self.cleanup.atexit = False


class Rules:
    def magic_numbers(self, tree):
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, int) and node.value > 100:
                yield "magic", node.lineno, str(node.value)

    def unused_arguments(self, tree):
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                used = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
                for arg in node.args.args:
                    if arg.arg not in used:
                        yield "unused", node.lineno, arg.arg


class Linter:
    def __init__(self, unit_type, scratch):
        self.unit_type = unit_type
        self.scratch = scratch
        self.rules = Rules()
        self.complaints = Counter()
        self.listed = 0

    def examine(self, unit):
        for rule in (self.rules.magic_numbers, self.rules.unused_arguments):
            found = ["%s:%d %s %s" % (unit.name, line, kind, what) for kind, line, what in rule(unit.tree)]
            self.complaints[rule.__name__] += len(found)
            self.listed += unit.write_listing(found)

    def run(self, folder):
        for name in sorted(os.listdir(folder)):
            self.examine(self.unit_type(os.path.join(folder, name), self.scratch))


LINTER = None


def main(mode):
    global LINTER
    ensure_input(PROJECT, write_project)
    with tempfile.TemporaryDirectory(prefix="lint-") as scratch:
        LINTER = Linter(UnitBad if mode == "bad" else UnitGood, scratch)
        LINTER.run(PROJECT)
    print("complaints %s, listings %d bytes" % (dict(LINTER.complaints), LINTER.listed))


if __name__ == "__main__":
    main(sys.argv[1])
