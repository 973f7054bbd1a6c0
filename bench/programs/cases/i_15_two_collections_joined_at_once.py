import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('15 two collections joined at once')
class _:
    def setup():
        import sqlite3
        from sqlalchemy import ForeignKey, create_engine, select
        from sqlalchemy.orm import DeclarativeBase, Mapped, Session, joinedload, mapped_column, relationship, selectinload
        global Project, project_engine
        def build(path):
            db=sqlite3.connect(path)
            db.execute('create table project(id integer primary key, name text)')
            db.execute('create table task(id integer primary key, project_id integer, title text, note text)')
            db.execute('create table file(id integer primary key, project_id integer, path text, digest text)')
            db.execute('insert into project values(1,?)',('bridge',))
            db.execute('insert into project values(2,?)',('small',))
            db.executemany('insert into task values(?,1,?,?)',((i,f'task {i}','n'*60) for i in range(260)))
            db.executemany('insert into file values(?,1,?,?)',((i,f'/srv/{i}','d'*64) for i in range(260)))
            db.commit()
            db.close()
        path=fixture('project260.db',build)
        class Base(DeclarativeBase):
            pass
        class Project(Base):
            __tablename__='project'
            id: Mapped[int]=mapped_column(primary_key=True)
            name: Mapped[str]
            tasks: Mapped[list['Task']]=relationship()
            files: Mapped[list['File']]=relationship()
        class Task(Base):
            __tablename__='task'
            id: Mapped[int]=mapped_column(primary_key=True)
            project_id: Mapped[int]=mapped_column(ForeignKey('project.id'))
            title: Mapped[str]
            note: Mapped[str]
        class File(Base):
            __tablename__='file'
            id: Mapped[int]=mapped_column(primary_key=True)
            project_id: Mapped[int]=mapped_column(ForeignKey('project.id'))
            path: Mapped[str]
            digest: Mapped[str]
        project_engine=create_engine('sqlite:///'+path)
        with Session(project_engine) as s:
            for load in (joinedload,selectinload):
                s.execute(select(Project).where(Project.id==2).options(load(Project.tasks),load(Project.files))).unique().scalar_one()
                s.expunge_all()
    def bad():
        from sqlalchemy import select
        from sqlalchemy.orm import Session, joinedload
        def overview(session,project_id):
            query=select(Project).where(Project.id==project_id).options(joinedload(Project.tasks),joinedload(Project.files))
            project=session.execute(query).unique().scalar_one()
            return len(project.tasks),len(project.files)
        with Session(project_engine) as session:
            print('tasks %d files %d'%overview(session,1))
    def good():
        from sqlalchemy import select
        from sqlalchemy.orm import Session, selectinload
        def overview(session,project_id):
            query=select(Project).where(Project.id==project_id).options(selectinload(Project.tasks),selectinload(Project.files))
            project=session.execute(query).scalar_one()
            return len(project.tasks),len(project.files)
        with Session(project_engine) as session:
            print('tasks %d files %d'%overview(session,1))


if __name__ == "__main__":
    kept = run()
