"""A package index: the listing page shows name, version and date of all releases."""
import random
import sqlite3

from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, defer, mapped_column

from harness import case, fixture, run


def make_database(path, rows=1500):
    rng = random.Random(12)
    base = sqlite3.connect(path)
    base.execute("create table releases (id integer primary key, name text, version text,"
                 " uploaded integer, description text)")
    for n in range(rows):
        text = rng.randbytes(256).hex() * 90
        base.execute("insert into releases values (?, ?, ?, ?, ?)",
                     (n, f"package-{n % 200}", f"1.{n // 200}", 1_600_000_000 + n * 3600, text))
    base.commit()
    base.close()


class Base(DeclarativeBase):
    pass


class Release(Base):
    __tablename__ = "releases"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    version: Mapped[str]
    uploaded: Mapped[int]
    description: Mapped[str]


class Listing:
    def __init__(self, engine):
        self.session = Session(engine)
        self.releases = self.session.scalars(self.query()).all()

    def query(self):
        return select(Release).order_by(Release.uploaded.desc())

    def lines(self):
        for release in self.releases:
            yield f"{release.name} {release.version} {release.uploaded}"


    def search(self, word):
        return [line for line in self.lines() if word in line]


class ShortListing(Listing):
    def query(self):
        return super().query().options(defer(Release.description))


def show(kind):
    path = fixture("ww_17_releases.db", make_database)
    listing = kind(create_engine(f"sqlite:///{path}"))
    lines = list(listing.lines())
    hits = sum(len(listing.search(f"package-{n} ")) for n in range(150))
    print(len(lines), hits, sum(map(len, lines)), lines[0])
    return listing


@case("ww 17 release listing")
class _:
    def bad():
        return show(Listing)

    def good():
        return show(ShortListing)


if __name__ == "__main__":
    kept = run()
