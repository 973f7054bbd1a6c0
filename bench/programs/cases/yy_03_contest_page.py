"""Overview page of a programming contest: all submissions with their evaluations and files."""
from sqlalchemy import ForeignKey, Text, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, joinedload, mapped_column, relationship, selectinload

from harness import case, fixture, run


class Base(DeclarativeBase):
    pass


class Submission(Base):
    __tablename__ = "submissions"
    id: Mapped[int] = mapped_column(primary_key=True)
    team: Mapped[str]
    compiler_output: Mapped[str] = mapped_column(Text)
    evaluations: Mapped[list["Evaluation"]] = relationship(order_by="Evaluation.id")
    files: Mapped[list["File"]] = relationship(order_by="File.id")


class Evaluation(Base):
    __tablename__ = "evaluations"
    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), index=True)
    outcome: Mapped[float]


class File(Base):
    __tablename__ = "files"
    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), index=True)
    name: Mapped[str]


def build(path):
    engine = create_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        for n in range(150):
            output = "".join(f"main.cpp:{i}: warning: unused variable v{n}_{i}\n" for i in range(32))
            session.add(Submission(team=f"team {n % 12}", compiler_output=output,
                                   evaluations=[Evaluation(outcome=(n * i % 5) / 4) for i in range(140)],
                                   files=[File(name=f"main{k}.cpp") for k in range(2)]))
        session.commit()
    engine.dispose()


def in_one_query():
    return select(Submission).options(joinedload(Submission.evaluations), joinedload(Submission.files))


def in_three_queries():
    return select(Submission).options(selectinload(Submission.evaluations), selectinload(Submission.files))


def overview(statement):
    engine = create_engine(f"sqlite:///{fixture('yy03_contest.db', build)}")
    with Session(engine) as session:
        submissions = session.scalars(statement.order_by(Submission.id)).unique().all()
        score = sum(e.outcome for s in submissions for e in s.evaluations)
        print(len(submissions), sum(len(s.files) for s in submissions), score)
    engine.dispose()


@case("yy 03 contest page")
class _:
    def setup():
        fixture("yy03_contest.db", build)

    def bad():
        return overview(in_one_query())

    def good():
        return overview(in_three_queries())


if __name__ == "__main__":
    kept = run()
