import os

from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from harness import D, case, run


class Base(DeclarativeBase):
    pass


class Reading(Base):
    __tablename__ = "reading"
    id: Mapped[int] = mapped_column(primary_key=True)
    station: Mapped[str]
    value: Mapped[float]
    comment: Mapped[str]


def open_session():
    path = os.path.join(D, "nn_08_%d.db" % os.getpid())
    if os.path.exists(path):
        os.remove(path)
    engine = create_engine("sqlite:///" + path)
    Base.metadata.create_all(engine)
    return Session(engine), path


def read_feed():
    for n in range(30_000):
        yield {"id": n, "station": "st-%d" % (n % 50), "value": n / 8, "comment": "sample %d" % n}


def import_all(session):
    for record in read_feed():
        session.add(Reading(**record))
    session.commit()


def import_in_batches(session):
    for number, record in enumerate(read_feed(), 1):
        session.add(Reading(**record))
        if number % 1000 == 0:
            session.flush()
            session.expunge_all()
    session.commit()


def load(importer):
    session, path = open_session()
    importer(session)
    print("rows", session.scalar(select(func.count(Reading.id))), session.scalar(func.sum(Reading.value)))
    os.remove(path)
    return session


@case("nn 08 orm import")
class _:
    def bad():
        return load(import_all)

    def good():
        return load(import_in_batches)


if __name__ == "__main__":
    kept = run()
