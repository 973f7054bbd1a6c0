import tempfile

import sqlalchemy as sa
from harness import case, run
from sqlalchemy import orm

FOLDER = tempfile.TemporaryDirectory()
ENGINE = sa.create_engine(f"sqlite:///{FOLDER.name}/device.db")
Base = orm.declarative_base()


class Device(Base):
    __tablename__ = "device"
    id = sa.Column(sa.Integer, primary_key=True)
    events = orm.relationship("Event")


class Event(Base):
    __tablename__ = "event"
    id = sa.Column(sa.Integer, primary_key=True)
    device_id = sa.Column(sa.ForeignKey("device.id"))
    payload = sa.Column(sa.Text)


@case("tt 16 child collection")
class _:
    def setup():
        Base.metadata.create_all(ENGINE)

    def bad():
        session = orm.Session(ENGINE, expire_on_commit=False)
        session.add(device := Device(id=1))
        for batch in range(80):
            device.events.extend(Event(payload=f"{n:05d}" * 1500) for n in range(50))
            session.commit()
        print(session.query(Event).count())
        return session, device

    def good():
        session = orm.Session(ENGINE, expire_on_commit=False)
        session.add(device := Device(id=1))
        for batch in range(80):
            session.add_all(Event(device_id=1, payload=f"{n:05d}" * 1500) for n in range(50))
            session.commit()
        print(session.query(Event).count())
        return session, device


if __name__ == "__main__":
    kept = run()
