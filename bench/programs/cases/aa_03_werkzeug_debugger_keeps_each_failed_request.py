import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('03 werkzeug debugger keeps each failed request')
class _:
    def setup(): import werkzeug.debug, werkzeug.test
    def bad():
        from werkzeug.debug import DebuggedApplication
        from werkzeug.test import EnvironBuilder, run_wsgi_app
        def app(environ,start_response):
            body=environ['wsgi.input'].read()
            raise KeyError('missing field')
        served=DebuggedApplication(app)
        for i in range(100):
            _,status,_=run_wsgi_app(served,EnvironBuilder(method='POST',data=b'x'*500_000).get_environ(),buffered=True)
            assert status.startswith('500')
        return served
    def good():
        from werkzeug.test import EnvironBuilder, run_wsgi_app
        def app(environ,start_response):
            body=environ['wsgi.input'].read()
            raise KeyError('missing field')
        def served(environ,start_response):
            try: return app(environ,start_response)
            except Exception as e:
                page=f'<h1>{type(e).__name__}: {e}</h1>'.encode()
                start_response('500 INTERNAL SERVER ERROR',[('Content-Type','text/html')]); return [page]
        for i in range(100):
            _,status,_=run_wsgi_app(served,EnvironBuilder(method='POST',data=b'x'*500_000).get_environ(),buffered=True)
            assert status.startswith('500')
        return served


if __name__ == "__main__":
    kept = run()
