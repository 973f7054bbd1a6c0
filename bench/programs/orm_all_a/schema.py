"""Tables of the benchmark result store."""
import sqlite3

from sqlalchemy import String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class BenchmarkResult(Base):
    __tablename__ = "result"

    id: Mapped[int] = mapped_column(primary_key=True)
    case: Mapped[str] = mapped_column(String(80))
    machine: Mapped[str] = mapped_column(String(40))
    seconds: Mapped[float]
    failed: Mapped[bool]
    tags: Mapped[str] = mapped_column(Text)


def _rows(count):
    for n in range(count):
        tags = f"commit={n * 2654435761 % 2**32:08x};" * 12
        yield n, f"case-{n % 211}", f"runner-{n % 7}", (n * 37 % 1009) / 100, n % 41 == 0, tags


def populate(path, count):
    db = sqlite3.connect(path)
    with db:
        db.execute("CREATE TABLE result (id INTEGER PRIMARY KEY, case_ TEXT, machine TEXT,"
                   " seconds REAL, failed BOOLEAN, tags TEXT)".replace("case_", '"case"'))
        db.executemany("INSERT INTO result VALUES (?, ?, ?, ?, ?, ?)", _rows(count))
    db.close()
