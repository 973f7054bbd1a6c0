import random

from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, defer, mapped_column

from harness import case, fixture, run


class Base(DeclarativeBase):
    pass


class Decree(Base):
    __tablename__ = "decree"
    number: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    year: Mapped[int]
    wording: Mapped[str]


def build(path):
    rng = random.Random(2323)
    engine = create_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        for number in range(1_300):
            wording = f"{rng.getrandbits(400):x} " * 420
            session.add(Decree(number=number, title=f"Decree on matter {number * 7 % 400}",
                               year=1850 + number // 10, wording=wording))
        session.commit()
    engine.dispose()


class Register:
    """The list that visitors leaf through; a decree is opened one at a time."""

    def __init__(self, session):
        self.session = session
        self.decrees = session.scalars(self.query()).all()

    def query(self):
        return select(Decree).order_by(Decree.year, Decree.title)

    def page(self, number, rows=20):
        for decree in self.decrees[number * rows:(number + 1) * rows]:
            yield f"{decree.year} {decree.title}"

    def open(self, place):
        return self.decrees[place].wording


class BriefRegister(Register):
    def query(self):
        return super().query().options(defer(Decree.wording))


def leaf_through(kind, path):
    register = kind(Session(create_engine(f"sqlite:///{path}")))
    lines = sum(len(line) for page in range(65) for line in register.page(page))
    print(len(register.decrees), lines, len(register.open(77)))
    return register


@case("ss 23 decree register")
class _:
    def setup():
        _.path = fixture("ss_decrees.db", build)

    def bad():
        return leaf_through(Register, _.path)

    def good():
        return leaf_through(BriefRegister, _.path)


if __name__ == "__main__":
    kept = run()
