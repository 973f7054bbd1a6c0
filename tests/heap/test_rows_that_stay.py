"""Rows of a database that stay in a program when they are written, or when their request is over."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import assert_is_not_told, assert_one_arm_is_told

pytest.importorskip("sqlalchemy")

HEAD = """
from sqlalchemy import ForeignKey, create_engine, select
from sqlalchemy.pool import StaticPool
from sqlalchemy.orm import (
    DeclarativeBase, Mapped, Session, mapped_column, relationship, scoped_session, selectinload, sessionmaker)
class Base(DeclarativeBase): pass
class Device(Base):
    __tablename__ = "device"
    id: Mapped[int] = mapped_column(primary_key=True)
    readings = relationship("Reading", back_populates="device")
class Reading(Base):
    __tablename__ = "reading"
    id: Mapped[int] = mapped_column(primary_key=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"))
    payload: Mapped[str]
    device = relationship("Device", back_populates="readings")
engine = create_engine("sqlite:///rows.db", poolclass=StaticPool)
Base.metadata.create_all(engine)
with Session(engine) as session: session.add(Device()); session.commit()
"""
REFERENCES = (
    HEAD
    + """
session = sessionmaker(engine, expire_on_commit=False)()
device = session.scalars(select(Device).options(selectinload(Device.readings))).one()
for batch in range(10):
    for n in range(200): session.add(Reading(HERE, payload=f"{batch}:{n} ".ljust(10_000, ".")))
    session.commit()
print(batch)
"""
)
SCOPES = (
    HEAD
    + """
current = 0
Sessions = scoped_session(sessionmaker(engine), scopefunc=lambda: current)
for n in range(1600):
    current = n
    Sessions.execute(select(Device.id)).all()
    HERE
print(n)
"""
)
LOOKS = (
    HEAD
    + """
import os
if os.fork() == 0:
    with Session(engine) as session:
        for number in range(15):
            session.add(Device(readings=[Reading(payload=f"{number}:{n} ".ljust(20_000, ".")) for n in range(60)]))
        session.commit()
    os._exit(0)
os.wait()
def longest(readings): return max(len(each.payload) for each in readings)
def rows(device): return session.scalars(select(Reading).where(Reading.device_id == device.id).execution_options(yield_per=2))
class Review:
    def __init__(self): self.devices = session.scalars(select(Device).where(Device.id > 1)).all()
    def show(self): return sum(longest(HERE) for device in self.devices)
session = Session(engine)
review = Review()
print(review.show())
"""
)
CASES = {
    "back references": ("HW352", REFERENCES, "device=device", "device_id=device.id", "session.add(Reading("),
    "one look": ("HW413", LOOKS, "device.readings", "rows(device)", "longest("),
    "scopes": ("HW337", SCOPES, "pass", "Sessions.remove()", "Sessions"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_rows_that_stay_are_found_and_their_twin_is_not(name: str, tmp_path: Path) -> None:
    code, text, wasteful, mended, line = CASES[name]
    bad, good = text.replace("HERE", wasteful), text.replace("HERE", mended)
    assert_one_arm_is_told(tmp_path, code, bad, good, line, within=0.15)


LOOKED = LOOKS.replace("HERE", "device.readings")
OTHER_LOOKS = {
    "again": LOOKED + "print(len(review.devices[3].readings))\n",
    "beforehand": LOOKED.replace("Device.id > 1)", "Device.id > 1).options(selectinload(Device.readings))"),
    "of one": LOOKED.replace("sum(longest(device.readings) for device in self.devices)", "longest(self.devices[2].readings)"),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHER_LOOKS)
def test_collections_that_are_meant_to_be_there_are_not_told(name: str, tmp_path: Path) -> None:
    assert_is_not_told(tmp_path / "app", "HW413", OTHER_LOOKS[name])
