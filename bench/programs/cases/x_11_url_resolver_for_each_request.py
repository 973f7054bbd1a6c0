import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('11 url resolver for each request')
class _:
    def setup():
        from django.conf import settings
        if not settings.configured: settings.configure()
        import django.urls
    def page(request,**kw): return kw
    def urls():
        from django.urls import path
        page=CASES['11 url resolver for each request'].page
        return tuple(path(f'shop/area{k}/<int:pk>/',page,name=f'area{k}') for k in range(40))
    def bad():
        from django.urls import resolve, reverse
        for i in range(1000):
            conf=CASES['11 url resolver for each request'].urls()
            resolve(f'/shop/area{i%40}/{i}/',conf); reverse('area3',conf,kwargs={'pk':i})
    def good():
        from django.urls import resolve, reverse
        conf=CASES['11 url resolver for each request'].urls()
        for i in range(1000):
            resolve(f'/shop/area{i%40}/{i}/',conf); reverse('area3',conf,kwargs={'pk':i})


if __name__ == "__main__":
    kept = run()
