import linecache

from harness import case, run


def source(n):
    yield "def rule(row):\n    total = 0\n"
    for i in range(80):
        yield f"    # rule {n:04d}, step {i:03d}: taken over from the pricing sheet\n"
        yield f"    # unit: cents, rounding: half even, fallback: {i}, reviewed: yes\n"
        yield f"    total += row.get('field_{i:03d}_of_rule_{n:04d}', {i}) % 7\n"
    yield "    return total\n"


def load(text, name):
    scope = {}
    exec(compile(text, name, "exec"), scope)
    return scope.pop("rule")


@case("tt 19 generated sources")
class _:
    def bad():
        total = 0
        for n in range(1000):
            text, name = "".join(source(n)), f"<rule {n}>"
            linecache.cache[name] = (len(text), None, text.splitlines(True), name)
            total += load(text, name)({})
        print(total)

    def good():
        total = 0
        for n in range(1000):
            text, name = "".join(source(n)), f"<rule {n}>"
            linecache.cache[name] = (len(text), None, text.splitlines(True), name)
            try:
                total += load(text, name)({})
            finally:
                linecache.cache.pop(name, None)
        print(total)


if __name__ == "__main__":
    kept = run()
