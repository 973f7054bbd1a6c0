"""Staff directory: looks people and their managers up, one query per request."""
import time

from sqlalchemy import ForeignKey, case, create_engine, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, aliased, mapped_column


class Base(DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[str]
    last: Mapped[str]
    nick: Mapped[str] = mapped_column(default="")
    manager_id: Mapped[int] = mapped_column(ForeignKey("person.id"), nullable=True)

    @hybrid_property
    def shown(self):
        return self.nick or self.first

    @shown.expression
    def shown(cls):
        return case((cls.nick != "", cls.nick), else_=cls.first)


def fill(engine):
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all([Person(id=n, first="F%d" % n, last="L%d" % n,
                                nick="" if n % 3 else "N%d" % n, manager_id=n // 7 or None)
                         for n in range(1, 400)])
        session.commit()


def handle(engine, ident):
    boss = aliased(Person, name="boss")
    with Session(engine) as session:
        query = (select(Person.shown, boss.shown, boss.last)
                 .join(boss, Person.manager_id == boss.id)
                 .where(Person.id == ident))
        return session.execute(query).first()


def main():
    engine = create_engine("sqlite://")
    fill(engine)
    found = 0
    for n in range(850):
        found += handle(engine, 1 + n % 399) is not None
    print("found", found)
    time.sleep(0.3)


main()
