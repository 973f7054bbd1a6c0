# sized
from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, joinedload, relationship, selectinload
class Project:
    tasks: Mapped[list["Task"]] = relationship()
    files: Mapped[list["File"]] = relationship()
    status: Mapped["Status"] = relationship()
    owners: Mapped["Owners"] = relationship()
def overview(session, number):
    query = select(Project).where(Project.id == number).options(joinedload(Project.tasks), joinedload(Project.files))
    project = session.execute(query).unique().scalar_one()  # expect: HW754
    return len(project.tasks), len(project.files)
def listed(session):
    return session.query(Order).options(joinedload(Order.lines)).options(joinedload(Order.notes)).all()  # expect: HW754
def at_once(session):
    return session.scalars(select(Project).options(joinedload(Project.tasks), joinedload(Project.files))).unique().all()  # expect: HW754
def by_select(session):
    return session.scalars(select(Project).options(selectinload(Project.tasks), selectinload(Project.files))).all()
def one_joined(session):
    return session.scalars(select(Project).options(joinedload(Project.tasks), selectinload(Project.files))).all()
def to_one(session):
    query = select(Project).options(joinedload(Project.tasks), joinedload(Project.status), joinedload(Project.owners))
    return session.scalars(query).unique().all()
def nested(session):
    return session.scalars(select(Order).options(joinedload(Order.lines).joinedload(Line.parts))).unique().all()
def given(number):
    return select(Project).options(joinedload(Project.tasks), joinedload(Project.files)).limit(number)
