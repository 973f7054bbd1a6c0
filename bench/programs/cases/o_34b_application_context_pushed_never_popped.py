import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('34b application context pushed, never popped')
class _:
    def setup(): import flask
    def bad():
        from flask import Flask, g
        app=Flask('jobs'); n=0
        for i in range(200):
            app.app_context().push()
            g.rows=bytearray(b'x')*500_000; n+=len(g.rows)
        return n
    def good():
        from flask import Flask, g
        app=Flask('jobs'); n=0
        for i in range(200):
            with app.app_context():
                g.rows=bytearray(b'x')*500_000; n+=len(g.rows)
        return n


if __name__ == "__main__":
    kept = run()
