import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('03 shelf with writeback keeps every record')
class _:
    def setup():
        import shelve, dbm.dumb, shutil
        def build(path):
            os.makedirs(path)
            with shelve.open(os.path.join(path,'sessions')) as db:
                for i in range(400):
                    db[f'user-{i}']={'visits':0,'cart':[f'item {i}/{k} '*40 for k in range(300)]}
        fixture('shelf400',build)
    def bad():
        import shelve
        import shutil
        class SessionStore:
            def __init__(self,path):
                self.db=shelve.open(path,writeback=True)
            def visit(self,user):
                session=self.db[user]
                session['visits']+=1
                return session['visits']
        folder=os.path.join(D,'shelf-bad')
        shutil.copytree(os.path.join(D,'shelf400'),folder,dirs_exist_ok=True)
        store=SessionStore(os.path.join(folder,'sessions'))
        print('visits',sum(store.visit(f'user-{i%400}')>0 for i in range(800)))
        return store
    def good():
        import shelve
        import shutil
        class SessionStore:
            def __init__(self,path):
                self.db=shelve.open(path)
            def visit(self,user):
                session=self.db[user]
                session['visits']+=1
                self.db[user]=session
                return session['visits']
        folder=os.path.join(D,'shelf-good')
        shutil.copytree(os.path.join(D,'shelf400'),folder,dirs_exist_ok=True)
        store=SessionStore(os.path.join(folder,'sessions'))
        print('visits',sum(store.visit(f'user-{i%400}')>0 for i in range(800)))
        return store


if __name__ == "__main__":
    kept = run()
