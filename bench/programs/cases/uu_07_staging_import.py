from sqlalchemy import Column, Float, Integer, MetaData, String, Table, create_engine, func, insert, select

from harness import case, run

JOBS = 900
METRICS = [f"metric_{n:02d}" for n in range(14)]


def staging_columns():
    return [
        Column("id", Integer, primary_key=True),
        Column("site", String(20), nullable=False),
        *(Column(name, Float, default=0.0) for name in METRICS),
    ]


def delivery(job):
    for row in range(4):
        yield {"site": f"site-{row}", **{m: float((job * 7 + row + k) % 97) for k, m in enumerate(METRICS)}}


class Importer:
    def __init__(self):
        self.engine = create_engine("sqlite://", query_cache_size=40)
        self.metadata = MetaData()
        self.rows = 0
        self.total = 0.0

    def staging_for(self, job):
        return Table(f"staging_{job:05d}", self.metadata, *staging_columns())

    def run_job(self, job):
        staging = self.staging_for(job)
        with self.engine.begin() as conn:
            staging.create(conn)
            conn.execute(insert(staging), list(delivery(job)))
            count, total = conn.execute(
                select(func.count(), func.sum(staging.c[METRICS[job % len(METRICS)]]))
                .select_from(staging)).one()
            staging.drop(conn)
        self.rows += count
        self.total += total


class SingleTableImporter(Importer):
    def __init__(self):
        super().__init__()
        self.staging = Table("staging", self.metadata, *staging_columns())

    def staging_for(self, job):
        return self.staging


def nightly(importer):
    for job in range(JOBS):
        importer.run_job(job)
    print(JOBS, importer.rows, f"{importer.total:.1f}")
    return importer


@case("uu 07 staging import")
class _:
    def bad():
        return nightly(Importer())

    def good():
        return nightly(SingleTableImporter())


if __name__ == "__main__":
    kept = run()
