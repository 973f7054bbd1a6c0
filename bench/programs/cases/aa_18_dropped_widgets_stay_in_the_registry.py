import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('18 dropped widgets stay in the registry')
class _:
    def setup(): import ipywidgets
    def bad():
        import ipywidgets as w
        for page in range(200):
            image=w.Image(value=bytes([page%255])*300_000,format='png')
            box=w.VBox([w.Label(f'page {page}'),image])
            del box,image
    def good():
        import ipywidgets as w
        for page in range(200):
            image=w.Image(value=bytes([page%255])*300_000,format='png')
            box=w.VBox([w.Label(f'page {page}'),image])
            for x in (*box.children,box): x.layout.close(); x.close()
            del box,image,x


if __name__ == "__main__":
    kept = run()
