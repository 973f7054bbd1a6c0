import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('16 scoped_session never removed')
class _:
    def setup(): import sqlalchemy.orm, sqlalchemy.pool, contextvars
    def bad():
        import contextvars
        from sqlalchemy import create_engine, text
        from sqlalchemy.orm import scoped_session, sessionmaker
        from sqlalchemy.pool import StaticPool
        request_id=contextvars.ContextVar('request_id')
        engine=create_engine('sqlite://',poolclass=StaticPool)
        Session=scoped_session(sessionmaker(engine),scopefunc=request_id.get)
        def handle(i):
            request_id.set(f'req-{i}')
            return Session.execute(text('select 1')).scalar_one()
        print('rows',sum(handle(i) for i in range(8000)))
        return Session
    def good():
        import contextvars
        from sqlalchemy import create_engine, text
        from sqlalchemy.orm import scoped_session, sessionmaker
        from sqlalchemy.pool import StaticPool
        request_id=contextvars.ContextVar('request_id')
        engine=create_engine('sqlite://',poolclass=StaticPool)
        Session=scoped_session(sessionmaker(engine),scopefunc=request_id.get)
        def handle(i):
            request_id.set(f'req-{i}')
            try: return Session.execute(text('select 1')).scalar_one()
            finally: Session.remove()
        print('rows',sum(handle(i) for i in range(8000)))
        return Session


if __name__ == "__main__":
    kept = run()
