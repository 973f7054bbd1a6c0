import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('10 missing template names stay in the cached loader')
class _:
    def setup(): import django.template
    def engine():
        from django.template import Engine
        pages={'product/base.html':'<p>{{ name }}</p>','product/slug-7.html':'<b>{{ name }}</b>'}
        return Engine(loaders=[('django.template.loaders.cached.Loader',[('django.template.loaders.locmem.Loader',pages)])])
    def bad():
        eng=CASES['10 missing template names stay in the cached loader'].engine()
        for i in range(500_000): t=eng.select_template([f'product/slug-{i}.html','product/base.html'])
        return eng
    def good():
        eng=CASES['10 missing template names stay in the cached loader'].engine(); own={'product/slug-7.html'}
        for i in range(500_000):
            name=f'product/slug-{i}.html'
            t=eng.get_template(name if name in own else 'product/base.html')
        return eng


if __name__ == "__main__":
    kept = run()
