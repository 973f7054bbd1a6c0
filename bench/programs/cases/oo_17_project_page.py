from sqlalchemy import ForeignKey, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, joinedload, mapped_column, relationship, selectinload

from harness import case, fixture, run


class Base(DeclarativeBase):
    pass


class Project(Base):
    __tablename__ = "project"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    tasks: Mapped[list["Task"]] = relationship(order_by="Task.id")
    comments: Mapped[list["Comment"]] = relationship(order_by="Comment.id")


class Task(Base):
    __tablename__ = "task"
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    title: Mapped[str]
    hours: Mapped[float]


class Comment(Base):
    __tablename__ = "comment"
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    author: Mapped[str]
    text: Mapped[str]


def build(path):
    engine = create_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        project = Project(name="harbour crossing")
        project.tasks = [Task(title=f"task {n} of the schedule", hours=n % 16 + 0.5) for n in range(380)]
        project.comments = [Comment(author=f"user{n % 30}", text=f"note {n}: " + "checked " * 10) for n in range(380)]
        session.add(project)
        session.commit()


def load_page(path, eager):
    engine = create_engine(f"sqlite:///{path}")
    query = select(Project).options(eager(Project.tasks), eager(Project.comments))
    with Session(engine) as session:
        project = session.scalars(query).unique().one()
    engine.dispose()
    hours = sum(task.hours for task in project.tasks)
    print(project.name, len(project.tasks), len(project.comments), hours, project.comments[-1].author)
    return project


@case("oo 17 project page")
class _:
    def setup():
        _.path = fixture("oo_projects.sqlite", build)

    def bad():
        return load_page(_.path, joinedload)

    def good():
        return load_page(_.path, selectinload)


if __name__ == "__main__":
    kept = run()
