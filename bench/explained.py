"""How much of a large process a snapshot explains: objects all of whose references were found.

The process imports NumPy, pandas, Django, SQLAlchemy and FastAPI, sets them up and uses each a little.
Prints the share, and the types that have unexplained references. Writes results/explained.json.

    python bench/explained.py
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from heapwise.model.snapshot import Snapshot

HERE = Path(__file__).resolve().parent
PACKAGES = ("django", "sqlalchemy")
LEAST_SHARE = 0.995
PROGRAM = """
import sys
import django, fastapi, numpy, pandas, sqlalchemy
from django.conf import settings
settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
                   INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes"])
django.setup()
from django.contrib.auth.models import User
from django.core.management import call_command
call_command("migrate", verbosity=0)
users = [User.objects.create(username=f"user{i}") for i in range(50)]
import sqlalchemy.orm as orm
class Base(orm.DeclarativeBase): pass
class Row(Base):
    __tablename__ = "rows"
    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    text: orm.Mapped[str]
engine = sqlalchemy.create_engine("sqlite://")
Base.metadata.create_all(engine)
session = orm.Session(engine)
session.add_all(Row(text=f"row {i}") for i in range(200)); session.commit()
rows = session.query(Row).all()
frame = pandas.DataFrame({"a": numpy.arange(10_000), "b": [f"t{i}" for i in range(10_000)]})
groups = frame.groupby(frame.a % 7).a.sum()
app = fastapi.FastAPI()
@app.get("/items/{number}")
def item(number: int, text: str = "x") -> dict[str, int]: return {"number": number}
schema = app.openapi()
import heapwise
heapwise.snapshot(sys.argv[1])
"""


def main() -> int:
    """Prints the table; exit code 1 below the bar."""
    packages = HERE.parent / "build" / "explained"
    if not packages.exists():
        command = [sys.executable, "-m", "pip", "install", "-q", "--target", str(packages)]
        subprocess.run([*command, *PACKAGES], check=True)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, "heap.hw")
        subprocess.run(
            [sys.executable, "-c", PROGRAM, str(path)], check=True, cwd=scratch,
            env=os.environ | {"PYTHONPATH": str(packages)},
        )  # fmt: skip
        snapshot = Snapshot.open(path)
        objects = len(snapshot)
        share = 1 - snapshot.unexplained_objects() / objects
        lacking = {
            row.type: row.unexplained_count
            for row in sorted(snapshot.types, key=lambda row: (-row.unexplained_count, row.type))
            if row.unexplained_count
        }
    print(f"{share:.3%} of {objects} objects are fully explained")
    for name, count in list(lacking.items())[:12]:
        print(f"  {count:7}  {name}")
    print("bar: " + ("met" if share >= LEAST_SHARE else "missed"))
    document = {
        "python": platform.python_version(),
        "objects": objects,
        "share": share,
        "unexplained": lacking,
    }
    (HERE / "results" / "explained.json").write_text(json.dumps(document, indent=2) + "\n")
    return 0 if share >= LEAST_SHARE else 1


if __name__ == "__main__":
    sys.exit(main())
