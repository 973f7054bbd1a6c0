"""Customs declaration parser: validates a file of declarations and keeps those that wait for release."""
import base64
import datetime
import json
import os
import random
import sys
import tempfile
from enum import Enum
from pydantic import BaseModel, ConfigDict

BASE = os.path.join(tempfile.gettempdir(), "memory-cases")
DECLS = os.path.join(BASE, "zz-customs.jsonl")


def make_inputs():
    rng = random.Random(61)
    with open(DECLS + ".tmp", "w") as fh:
        for i in range(1800):
            items = [{"tariff": rng.randrange(10**7, 10**8), "kilos": rng.randint(1, 9000),
                      "value_cents": rng.randint(1000, 9_000_000)} for _ in range(rng.randint(1, 3))]
            decl = {"mrn": 26_000_000 + i * 7, "office": rng.choice(["DE0012", "NL0543", "FR0911"]),
                    "lane": rng.choice(["green", "green", "green", "yellow", "red"]),
                    "lodged": (datetime.date(2026, 1, 1) + datetime.timedelta(days=i // 30)).isoformat(),
                    "items": items,
                    "consignee": {"name": f"Firma {rng.randrange(9999)}", "street": f"Weg {rng.randrange(300)}"},
                    "remarks": " ".join(f"{rng.choice(['box', 'pallet', 'seal', 'crate'])}{rng.randrange(10**6)}"
                                        for _ in range(rng.randint(20, 120))),
                    "certificate_scan": base64.b64encode(rng.randbytes(rng.randint(18000, 52000))).decode()}
            fh.write(json.dumps(decl) + "\n")
    os.rename(DECLS + ".tmp", DECLS)


class Lane(str, Enum):
    green = "green"
    yellow = "yellow"
    red = "red"


class RecordBad(BaseModel):
    model_config = ConfigDict(extra="allow", validate_assignment=False)


class RecordGood(BaseModel):
    model_config = ConfigDict(extra="ignore", validate_assignment=False)


def declaration_model(base):
    class Item(base):
        tariff: int
        kilos: int
        value_cents: int

    class Declaration(base):
        mrn: int
        office: str
        lane: Lane
        lodged: datetime.date
        items: list[Item]

        def duty(self):
            return sum(i.value_cents * (3 + i.tariff % 9) // 100 for i in self.items)

    return Declaration


class ReleaseDesk:
    """Green lane goes at once; the rest waits for the officer."""

    def __init__(self):
        self.pending = {}
        self.released = 0
        self.duty = 0

    def _park(self, decl):
        self.pending[decl.mrn] = decl

    def receive(self, decl):
        self.duty += decl.duty()
        if decl.lane is Lane.green and sum(i.kilos for i in decl.items) < 9000:
            self.released += 1
        else:
            self._park(decl)


class Intake:
    def __init__(self, mode):
        self.model = declaration_model(RecordBad if mode == "bad" else RecordGood)
        self.desk = ReleaseDesk()

    def _parse(self, line):
        return self.model.model_validate_json(line)

    def load(self, path):
        with open(path) as fh:
            for line in fh:
                self.desk.receive(self._parse(line))


def main(mode):
    if not os.path.exists(DECLS):
        os.makedirs(BASE, exist_ok=True)
        pid = os.fork()
        if pid == 0:
            make_inputs()
            os._exit(0)
        os.waitpid(pid, 0)
    intake = Intake(mode)
    intake.load(DECLS)
    desk = intake.desk
    oldest = min(d.lodged for d in desk.pending.values())
    print("released", desk.released, "pending", len(desk.pending), "duty", desk.duty, "oldest", oldest)
    return intake


if __name__ == "__main__":
    STATE = main(sys.argv[1] if len(sys.argv) > 1 else "bad")
