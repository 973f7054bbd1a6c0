import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('16 started statements stay on connection.info')
class _:
    def setup(): import sqlalchemy.pool
    def bad():
        import sqlalchemy as sa
        e=sa.create_engine('sqlite://',poolclass=sa.pool.StaticPool)
        @sa.event.listens_for(e,'before_cursor_execute')
        def before(conn,cur,statement,parameters,context,many):
            conn.info.setdefault('started',[]).append((time.time(),statement,parameters))
        @sa.event.listens_for(e,'after_cursor_execute')
        def after(conn,cur,statement,parameters,context,many):
            t,st,par=conn.info['started'][-1]; took=time.time()-t
        for i in range(2000):
            with e.connect() as c: c.execute(sa.text('select length(:body)'),{'body':bytes(50_000)+b'%d'%i})
        return e
    def good():
        import sqlalchemy as sa
        e=sa.create_engine('sqlite://',poolclass=sa.pool.StaticPool)
        @sa.event.listens_for(e,'before_cursor_execute')
        def before(conn,cur,statement,parameters,context,many):
            conn.info.setdefault('started',[]).append((time.time(),statement,parameters))
        @sa.event.listens_for(e,'after_cursor_execute')
        def after(conn,cur,statement,parameters,context,many):
            t,st,par=conn.info['started'].pop(); took=time.time()-t
        for i in range(2000):
            with e.connect() as c: c.execute(sa.text('select length(:body)'),{'body':bytes(50_000)+b'%d'%i})
        return e


if __name__ == "__main__":
    kept = run()
