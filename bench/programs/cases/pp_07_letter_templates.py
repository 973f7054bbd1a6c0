import itertools
import linecache
import re
import weakref

from harness import case, run

FIELD = re.compile(r"\{\{ *(\w+) *\}\}")
serial = itertools.count(1)


def to_source(template):
    lines = ["def render(values):", "    out = []"]
    for part in template.splitlines(keepends=True):
        pieces = FIELD.split(part)
        for text, name in itertools.zip_longest(pieces[::2], pieces[1::2]):
            if text:
                lines.append(f"    out.append({text!r})")
            if name:
                lines.append(f"    out.append(str(values[{name!r}]))")
    lines.append("    return ''.join(out)")
    return "\n".join(lines) + "\n"


def build_function(source, filename):
    namespace = {}
    exec(compile(source, filename, "exec"), namespace)
    return namespace.pop("render")


def compile_letter(template):
    source = to_source(template)
    filename = f"<letter {next(serial)}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
    return build_function(source, filename)


def compile_letter_scoped(template):
    source = to_source(template)
    filename = f"<letter {next(serial)}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
    render = build_function(source, filename)
    weakref.finalize(render, linecache.cache.pop, filename, None)
    return render


def letter_for(customer):
    paragraph = f"In month {{{{ month }}}} your tariff {customer % 40} used the meter of your flat.\n"
    clause = "We keep the readings for two years and show them to nobody but you and the landlord.\n"
    return f"Dear customer {customer},\n" + (paragraph + clause * 9) * 5 + "Yours, {{ sender }}\n"


def send_letters(compiler, count):
    characters = 0
    for customer in range(count):
        render = compiler(letter_for(customer))
        characters += len(render({"month": customer % 12 + 1, "sender": "the utility"}))
    print("letters", count, "characters", characters)


@case("pp 07 letter templates")
class _:
    def bad():
        return send_letters(compile_letter, 5_200)

    def good():
        return send_letters(compile_letter_scoped, 5_200)


if __name__ == "__main__":
    kept = run()
