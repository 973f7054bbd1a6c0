import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def statement_for(account):
    return (b"%08d;2024-05-01;12.50\n" % account) * 18_000


@case('01 app context pushed by each job')
class _:
    def setup():
        import flask

    def bad():
        from flask import Flask, g

        app = Flask("statements")

        @app.teardown_appcontext
        def drop_statement(exc):
            g.pop("statement", None)

        def send_statement(account):
            ctx = app.app_context()
            ctx.push()
            g.statement = statement_for(account)
            return g.statement.count(b"\n")

        lines = 0
        for account in range(220):
            lines += send_statement(account)
        print(f"220 statements, {lines} lines")
        return app

    def good():
        from flask import Flask, g

        app = Flask("statements")

        @app.teardown_appcontext
        def drop_statement(exc):
            g.pop("statement", None)

        def send_statement(account):
            with app.app_context():
                g.statement = statement_for(account)
                return g.statement.count(b"\n")

        lines = 0
        for account in range(220):
            lines += send_statement(account)
        print(f"220 statements, {lines} lines")
        return app


if __name__ == "__main__":
    kept = run()
