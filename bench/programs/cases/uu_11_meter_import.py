from itertools import islice

from sqlalchemy import Column, Float, Integer, MetaData, String, Table, create_engine, func, insert, select

from harness import case, run

READINGS = 14_000
BATCH = 14_000

metadata = MetaData()
readings = Table(
    "readings", metadata,
    Column("id", Integer, primary_key=True),
    Column("meter", String(16), nullable=False),
    Column("hour", Integer, nullable=False),
    Column("import_kwh", Float),
    Column("export_kwh", Float),
    Column("quality", String(4)),
    Column("tariff", Integer),
)


def read_meters():
    for number in range(READINGS):
        yield {
            "meter": f"DE{number % 500:010d}",
            "hour": number // 500,
            "import_kwh": number % 37 / 10,
            "export_kwh": number % 11 / 10,
            "quality": "OK" if number % 29 else "EST",
            "tariff": number % 3,
        }


def batches(rows, size):
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch


class MeterStore:
    batch_size = BATCH

    def __init__(self):
        self.engine = create_engine("sqlite://")
        metadata.create_all(self.engine)

    def write(self, conn, batch):
        conn.execute(insert(readings).values(batch))

    def load(self, rows):
        with self.engine.begin() as conn:
            for batch in batches(rows, self.batch_size):
                self.write(conn, batch)

    def report(self):
        with self.engine.connect() as conn:
            count, bought = conn.execute(select(func.count(), func.sum(readings.c.import_kwh))).one()
        print(count, f"{bought:.1f}")


class ManyMeterStore(MeterStore):
    batch_size = 200

    def write(self, conn, batch):
        conn.execute(insert(readings), batch)


def nightly_import(store):
    store.load(read_meters())
    store.report()
    return store


@case("uu 11 meter import")
class _:
    def bad():
        return nightly_import(MeterStore())

    def good():
        return nightly_import(ManyMeterStore())


if __name__ == "__main__":
    kept = run()
