"""Write the index page of a package repository from its database."""
import os
import re
import sqlite3
import tempfile
from datetime import date, timedelta

from sqlalchemy import ForeignKey, String, Text, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

PROJECTS = 60
RELEASES = 28
PARAGRAPH = "Release notes: the parser accepts more dialects, and writes them without loss. " * 12

SCHEMA = """
create table project (id integer primary key, name varchar(80));
create table release (id integer primary key, project_id integer references project (id),
                      version varchar(20), created date, yanked boolean, description text);
"""


class Base(DeclarativeBase):
    pass


class Project(Base):
    __tablename__ = "project"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    releases: Mapped[list["Release"]] = relationship(back_populates="project")


class Release(Base):
    __tablename__ = "release"
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    version: Mapped[str] = mapped_column(String(20))
    created: Mapped[date]
    yanked: Mapped[bool]
    description: Mapped[str] = mapped_column(Text, default="", deferred=True)
    project: Mapped[Project] = relationship(back_populates="releases")

    @property
    def sort_key(self):
        return [int(part) for part in re.findall(r"\d+", self.version)]


def fill(path):
    con = sqlite3.connect(path)
    con.executescript(SCHEMA)
    for project in range(PROJECTS):
        con.execute("insert into project values (?, ?)", (project, f"package-{project:03d}"))
        for n in range(RELEASES):
            created = date(2015, 1, 1) + timedelta(days=project * 11 + n * 45)
            text = f"# package-{project:03d} {n}\n" + PARAGRAPH * (40 + (project + n) % 7)
            con.execute("insert into release values (null, ?, ?, ?, ?, ?)",
                        (project, f"{n // 9}.{n % 9}.{project % 4}", created.isoformat(), n % 13 == 5, text))
        con.commit()
    con.close()


def index_lines(session):
    query = select(Release).join(Release.project).order_by(Project.name)
    groups = {}
    for release in session.scalars(query):
        if not release.yanked:
            groups.setdefault(release.project, []).append(release)
    for project, releases in groups.items():
        releases.sort(key=lambda release: release.sort_key, reverse=True)
        newest = releases[0]
        yield f"{project.name:14} {newest.version:8} {newest.created} {len(releases)} releases"


def show(session, release_id):
    release = session.get(Release, release_id)
    return f"{release.project.name} {release.version}: {len(release.description)} characters"


def main():
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "packages.db")
        fill(path)
        engine = create_engine(f"sqlite:///{path}")
        with Session(engine) as session:
            lines = list(index_lines(session))
            print(len(lines), "projects")
            print("\n".join(lines[:3] + lines[-2:]))
            print(show(session, 77))
        engine.dispose()


if __name__ == "__main__":
    main()
