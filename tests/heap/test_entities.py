"""Entities of an ORM that are only read, and what is needed of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import assert_is_not_told, assert_one_arm_is_told

SQLALCHEMY = """
from sqlalchemy import ForeignKey, create_engine, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
class Base(DeclarativeBase): pass
class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    age: Mapped[int]
    METHOD
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
with engine.begin() as connection:
    for start in range(0, 12_000, 1000):
        rows = [{"name": f"user-{n}", "age": n % 90} for n in range(start, start + 1000)]
        connection.execute(insert(User), rows)
with Session(engine) as session:
    kept = HERE
    THEN
print(sum(each.age for each in kept))
"""
ENTITIES = "session.scalars(select(User)).all()  # asked"
COLUMNS = "session.execute(select(User.id, User.name, User.age)).all()"
DJANGO = """
import django
from django.conf import settings
settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})
django.setup()
from django.db import connection, models
class User(models.Model):
    name = models.TextField()
    age = models.IntegerField()
    class Meta: app_label = "app"
with connection.schema_editor() as editor: editor.create_model(User)
with connection.cursor() as cursor:
    cursor.executemany("insert into app_user (name, age) values (%s, %s)", ((f"user-{n}", n % 90) for n in range(25_000)))
kept = []
for user in User.objects.HERE:  # asked
    kept.append(user)
print(sum(each.age for each in kept))
"""


def sqlalchemy(here: str, method: str = "", then: str = "pass") -> str:
    return SQLALCHEMY.replace("HERE", here).replace("METHOD", method).replace("THEN", then)


def test_entities_of_sqlalchemy_that_are_only_read(tmp_path: Path) -> None:
    pytest.importorskip("sqlalchemy")
    assert_one_arm_is_told(tmp_path, "HW395", sqlalchemy(ENTITIES), sqlalchemy(COLUMNS), "# asked")


def test_entities_of_django_that_are_only_read(tmp_path: Path) -> None:
    pytest.importorskip("django")
    bad, good = (
        DJANGO.replace("HERE", asked)
        for asked in ("iterator()", 'values_list("id", "name", "age", named=True).iterator()')
    )
    assert_one_arm_is_told(tmp_path, "HW395", bad, good, "# asked")


@pytest.mark.parametrize(
    ("method", "then"),
    [
        ("", "for each in kept: each.age = each.age + 1"),
        ("", "session.delete(kept[7])"),
        ("@property\n    def adult(self): return self.age > 17", "print(kept[7].adult)"),
    ],
    ids=["changed", "deleted", "asked for more"],
)
def test_entities_that_are_used_as_such(method: str, then: str, tmp_path: Path) -> None:
    pytest.importorskip("sqlalchemy")
    assert_is_not_told(tmp_path / "app", "HW395", sqlalchemy(ENTITIES, method, then))


def test_entities_that_the_program_has_made(tmp_path: Path) -> None:
    pytest.importorskip("sqlalchemy")
    made = '[User(name=f"user-{n}", age=n % 90) for n in range(12_000)]'
    assert_is_not_told(tmp_path / "app", "HW395", sqlalchemy(made))
