import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('11 audit trail keeps the requests')
class _:
    def setup():
        import flask

    def bad():
        from flask import Flask, request

        app = Flask('inventory')
        audit = []

        @app.after_request
        def remember(response):
            audit.append((request._get_current_object(), response.status_code))
            return response

        @app.post('/stock/<int:store>')
        def stock(store):
            counts = request.get_json()
            return {'positions': len(counts['lines'])}

        client = app.test_client()
        positions = 0
        for store in range(120):
            body = json.dumps({'lines': [[store * 1000 + n, n % 17] for n in range(7_000)]}, separators=(',', ':'))
            positions += client.post(f'/stock/{store}', data=body, content_type='application/json').json['positions']
        print(positions, 'positions', len(audit), 'requests,', audit[-1][0].method, audit[-1][0].path, audit[-1][1])
        return app, audit

    def good():
        from flask import Flask, request

        app = Flask('inventory')
        audit = []

        @app.after_request
        def remember(response):
            audit.append((request.method, request.path, response.status_code))
            return response

        @app.post('/stock/<int:store>')
        def stock(store):
            counts = request.get_json()
            return {'positions': len(counts['lines'])}

        client = app.test_client()
        positions = 0
        for store in range(120):
            body = json.dumps({'lines': [[store * 1000 + n, n % 17] for n in range(7_000)]}, separators=(',', ':'))
            positions += client.post(f'/stock/{store}', data=body, content_type='application/json').json['positions']
        print(positions, 'positions', len(audit), 'requests,', *audit[-1])
        return app, audit


if __name__ == "__main__":
    kept = run()
