import numpy as np
from sqlalchemy import ForeignKey, LargeBinary, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

from harness import case, fixture, run


class Base(DeclarativeBase):
    pass


class Station(Base):
    __tablename__ = "station"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    scans: Mapped[list["Scan"]] = relationship(back_populates="station", order_by="Scan.id")


class Scan(Base):
    __tablename__ = "scan"
    id: Mapped[int] = mapped_column(primary_key=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"), index=True)
    samples: Mapped[bytes] = mapped_column(LargeBinary)
    station: Mapped[Station] = relationship(back_populates="scans")


def build(path):
    engine = create_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    rng = np.random.default_rng(5)
    with Session(engine) as session:
        for number in range(1, 13):
            session.add(Station(id=number, name=f"ST{number:02d}"))
            for _ in range(16):
                samples = rng.normal(number, 3.0, 100_000).astype("f4")
                session.add(Scan(station_id=number, samples=samples.tobytes()))
            session.commit()


def loudest(scans):
    return max(float(np.frombuffer(scan.samples, "f4").max()) for scan in scans)


class Review:
    def __init__(self, path):
        self.session = Session(create_engine(f"sqlite:///{path}"))
        self.stations = self.session.scalars(select(Station).order_by(Station.id)).all()

    def peaks(self):
        return {station.name: loudest(station.scans) for station in self.stations}


class StreamingReview(Review):
    def peaks(self):
        peaks = {}
        for station in self.stations:
            scans = select(Scan).where(Scan.station_id == station.id)
            peaks[station.name] = loudest(self.session.scalars(scans.execution_options(yield_per=2)))
        return peaks


def show(review):
    for name, peak in review.peaks().items():
        print(name, f"{peak:.4f}")
    return review


@case("pp 05 scan review")
class _:
    def setup():
        _.path = fixture("pp_scans.sqlite", build)

    def bad():
        return show(Review(_.path))

    def good():
        return show(StreamingReview(_.path))


if __name__ == "__main__":
    kept = run()
