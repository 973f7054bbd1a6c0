"""Nightly import of river gauge readings into the hydrology database."""
import os
import tempfile
from datetime import datetime, timedelta

from sqlalchemy import Float, String, create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from harness import case, run

ROWS = 36_000


class Base(DeclarativeBase):
    pass


class Reading(Base):
    __tablename__ = "reading"
    id: Mapped[int] = mapped_column(primary_key=True)
    gauge: Mapped[str] = mapped_column(String(16))
    taken_at: Mapped[datetime]
    level_cm: Mapped[float] = mapped_column(Float)
    quality: Mapped[str] = mapped_column(String(120))


class GaugeFeed:
    start = datetime(2024, 3, 1)

    def __iter__(self):
        for n in range(ROWS):
            yield {
                "gauge": f"RG-{n % 240:04d}",
                "taken_at": self.start + timedelta(seconds=n * 2),
                "level_cm": 180.0 + (n * 37 % 900) / 10,
                "quality": f"sensor checked, drift {n % 17} mm, filter {n % 5}, batch {n}",
            }


class ReadingStore:
    def __init__(self, folder):
        self.engine = create_engine("sqlite:///" + os.path.join(folder, "hydro.db"))
        Base.metadata.create_all(self.engine)

    def summary(self):
        query = select(func.count(Reading.id), func.avg(Reading.level_cm))
        with Session(self.engine) as session:
            count, mean = session.execute(query).one()
        return f"{count} readings, mean level {mean:.2f} cm"


class NightlyImport:
    flush_every = None

    def __init__(self, store):
        self.store = store

    def load(self, feed):
        with Session(self.store.engine) as session:
            for n, fields in enumerate(feed, 1):
                session.add(Reading(**fields))
                if self.flush_every and n % self.flush_every == 0:
                    session.flush()
            session.commit()


class StagedImport(NightlyImport):
    flush_every = 500


def import_night(importer):
    with tempfile.TemporaryDirectory() as folder:
        store = ReadingStore(folder)
        importer(store).load(GaugeFeed())
        print(store.summary())
        store.engine.dispose()


@case("ad 01 gauge import")
class _:
    def bad():
        import_night(NightlyImport)

    def good():
        import_night(StagedImport)


if __name__ == "__main__":
    kept = run()
