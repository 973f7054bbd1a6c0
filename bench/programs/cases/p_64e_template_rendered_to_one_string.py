import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('64e template rendered to one string')
class _:
    def setup(): import jinja2
    def template():
        import jinja2
        return jinja2.Environment().from_string('<table>{% for r in rows %}<tr><td>{{ r }}</td><td>{{ r*2 }}</td></tr>{% endfor %}</table>')
    def bad():
        t=CASES['64e template rendered to one string'].template()
        with open(D+'/report-p.html','w') as f:
            f.write(t.render(rows=range(500_000)))
    def good():
        t=CASES['64e template rendered to one string'].template()
        with open(D+'/report-p.html','w') as f:
            s=t.stream(rows=range(500_000)); s.enable_buffering(1000); s.dump(f)


if __name__ == "__main__":
    kept = run()
