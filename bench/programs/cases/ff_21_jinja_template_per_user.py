import gc
import json
import os
import sys
import tempfile
import time
import zlib

from harness import CASES, D, case, fixture, run


BODY = """<p>Your order of {{ items|length }} items:</p>
<table>{% for it in items %}<tr class="{{ loop.cycle('odd', 'even') }}">
<td>{{ it.name|upper|e }}</td><td>{{ '%.2f'|format(it.price) }}</td>
<td>{% if it.qty > 1 %}{{ it.qty }} pieces{% else %}one piece{% endif %}</td></tr>
{% endfor %}</table><p>Total {{ '%.2f'|format(total) }}, {{ note|default('no note')|trim }}</p>
"""
compiled = {}


def render_string(env, source, **values):
    template = compiled.get(source)
    if template is None:
        template = compiled[source] = env.from_string(source)
    return template.render(**values)


class Item:
    __slots__ = ("name", "price", "qty")

    def __init__(self, name, price, qty):
        self.name, self.price, self.qty = name, price, qty


def basket(i):
    return [Item(f"part {i % 97}", i % 50 + .99, i % 3 + 1), Item(f"tool {i % 31}", i % 20 + .49, 1)]


@case('21 compiled templates cached by a source that has the user in it')
class _:
    def setup(): import jinja2

    def bad():
        import jinja2
        env, crc = jinja2.Environment(autoescape=False), 0
        for i in range(1300):
            items = basket(i)
            page = render_string(env, f"<h1>Dear customer {i}</h1>\n" + BODY,
                                 items=items, total=sum(x.price for x in items))
            crc = zlib.crc32(page.encode(), crc)
        return crc

    def good():
        import jinja2
        env, crc = jinja2.Environment(autoescape=False), 0
        for i in range(1300):
            items = basket(i)
            page = render_string(env, "<h1>Dear {{ user }}</h1>\n" + BODY, user=f"customer {i}",
                                 items=items, total=sum(x.price for x in items))
            crc = zlib.crc32(page.encode(), crc)
        return crc


if __name__ == "__main__":
    kept = run()
