import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build_articles(path):
    import sqlite3
    db = sqlite3.connect(path)
    db.execute('create table article (id integer primary key, title text, body text)')
    db.executemany('insert into article values (?, ?, ?)', (
        (n, f'  news about town {n} ', f'The council met on day {n} and talked about roads. ' * 30) for n in range(24_000)))
    db.commit()
    db.close()


@case('08 tidied rows become dirty')
class _:
    def setup():
        import sqlalchemy.orm
        fixture('l_articles.db', build_articles)

    def bad():
        from sqlalchemy import create_engine, select
        from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

        class Base(DeclarativeBase):
            pass

        class Article(Base):
            __tablename__ = 'article'
            id: Mapped[int] = mapped_column(primary_key=True)
            title: Mapped[str]
            body: Mapped[str]

        engine = create_engine('sqlite:///' + os.path.join(D, 'l_articles.db'))

        def write_feed(session, out):
            query = select(Article).order_by(Article.id).execution_options(yield_per=500)
            for article in session.scalars(query):
                article.title = article.title.strip().title()
                out.write(f'<item><title>{article.title}</title>{article.body[:40]}</item>')

        with Session(engine, autoflush=False) as session, open(os.path.join(D, 'l_feed_bad.xml'), 'w') as out:
            write_feed(session, out)
            print('feed of', out.tell(), 'bytes')
        return engine

    def good():
        from sqlalchemy import create_engine, select
        from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

        class Base(DeclarativeBase):
            pass

        class Article(Base):
            __tablename__ = 'article'
            id: Mapped[int] = mapped_column(primary_key=True)
            title: Mapped[str]
            body: Mapped[str]

        engine = create_engine('sqlite:///' + os.path.join(D, 'l_articles.db'))

        def write_feed(session, out):
            query = select(Article).order_by(Article.id).execution_options(yield_per=500)
            for article in session.scalars(query):
                title = article.title.strip().title()
                out.write(f'<item><title>{title}</title>{article.body[:40]}</item>')

        with Session(engine, autoflush=False) as session, open(os.path.join(D, 'l_feed_good.xml'), 'w') as out:
            write_feed(session, out)
            print('feed of', out.tell(), 'bytes')
        return engine


if __name__ == "__main__":
    kept = run()
