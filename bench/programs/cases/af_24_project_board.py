"""Project board: the overview page of a project tool, with each project's tasks and comments, from a database."""
from sqlalchemy import ForeignKey, create_engine, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, joinedload, mapped_column, relationship, selectinload
from sqlalchemy.pool import StaticPool

from harness import case, run

STATES = ["open", "doing", "review", "done"]


class Base(DeclarativeBase):
    pass


class Project(Base):
    __tablename__ = "project"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    goal: Mapped[str]
    tasks: Mapped[list["Task"]] = relationship(order_by="Task.id")
    comments: Mapped[list["Comment"]] = relationship(order_by="Comment.id")


class Task(Base):
    __tablename__ = "task"
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    title: Mapped[str]
    state: Mapped[str]
    hours: Mapped[int]


class Comment(Base):
    __tablename__ = "comment"
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    author: Mapped[str]
    body: Mapped[str]


def fill(session, projects, tasks, comments):
    for p in range(1, projects + 1):
        session.execute(insert(Project), [{"id": p, "name": f"project {p}", "goal": f"ship part {p % 7} by week {p % 52}"}])
        session.execute(insert(Task), [
            {"project_id": p, "title": f"step {t} of {p}", "state": STATES[(t + p) % 4], "hours": (t * 7 + p) % 23}
            for t in range(tasks + p % 5)])
        session.execute(insert(Comment), [
            {"project_id": p, "author": f"user{(c * p) % 61}", "body": f"looked at step {c % 40}, see note {c * 13 % 997}"}
            for c in range(comments + p % 7)])
    session.commit()


class Board:
    def __init__(self, session, load):
        self.session = session
        self.load = load

    def projects(self):
        """All projects with what belongs to them, in one go."""
        query = select(Project).options(self.load(Project.tasks), self.load(Project.comments)).order_by(Project.id)
        return self.session.scalars(query).unique().all()

    def rows(self):
        for project in self.projects():
            left = sum(task.hours for task in project.tasks if task.state != "done")
            people = {comment.author for comment in project.comments}
            yield project.name, len(project.tasks), left, len(people), project.comments[-1].body


def show(load):
    engine = create_engine("sqlite://", poolclass=StaticPool)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        fill(session, projects=90, tasks=36, comments=44)
    with Session(engine) as session:
        rows = list(Board(session, load).rows())
    for row in rows[::30]:
        print(*row)
    print("projects", len(rows), "tasks", sum(r[1] for r in rows), "hours left", sum(r[2] for r in rows))
    return rows


@case("af 24 project board")
class _:
    def bad():
        return show(joinedload)

    def good():
        return show(selectinload)


if __name__ == "__main__":
    kept = run()
