import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from harness import case, fixture, run

SHIPMENTS = 1_200_000


def build(path):
    carriers = pa.array([f"Carrier Company No. {number:02d}" for number in range(40)])
    lanes = pa.array([f"{start:02d}-Harbour Terminal/{start * 3 % 17:02d}-Inland" for start in range(90)])
    number = pa.array(range(SHIPMENTS))
    pq.write_table(pa.table({
        "carrier": carriers.take(pa.array(n * 7 % 40 for n in range(SHIPMENTS))),
        "lane": lanes.take(pa.array(n * 31 % 90 for n in range(SHIPMENTS))),
        "kilos": pc.cast(pc.bit_wise_and(number, 1023), pa.int16()),
    }), path)


class LaneBook:
    """The year's shipments by lane and carrier."""

    def __init__(self, path):
        self.table = self.load(path)

    def load(self, path):
        return ds.dataset(path, format="parquet").to_table(use_threads=False)

    def busiest(self, column, count=2):
        counts = pc.value_counts(self.table[column]).to_pylist()
        return sorted(((entry["counts"], entry["values"]) for entry in counts), reverse=True)[:count]

    def tonnes(self):
        return pc.sum(self.table["kilos"]).as_py() / 1_000


class CodedLaneBook(LaneBook):
    def load(self, path):
        coded = ds.ParquetFileFormat(dictionary_columns={"carrier", "lane"})
        return ds.dataset(path, format=coded).to_table(use_threads=False).unify_dictionaries()


def review(kind, path):
    book = kind(path)
    print(book.busiest("lane"), book.busiest("carrier", 1), round(book.tonnes()), "t")
    return book


@case("rr 22 freight lanes")
class _:
    def setup():
        _.path = fixture("rr_lanes.parquet", build)

    def bad():
        return review(LaneBook, _.path)

    def good():
        return review(CodedLaneBook, _.path)


if __name__ == "__main__":
    kept = run()
