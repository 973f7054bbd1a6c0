import csv
import io
import zlib

from harness import case, run


class Response(io.RawIOBase):
    size = crc = 0

    def writable(self):
        return True

    def write(self, data):
        self.size += len(data)
        self.crc = zlib.crc32(data, self.crc)
        return len(data)


def orders():
    for i in range(450_000):
        yield i, f"customer-{i % 9000}", "2024-03-01", i * 25, "shipped to the front door"


@case("tt 12 csv in stringio")
class _:
    def bad():
        response = Response()
        text = io.StringIO()
        csv.writer(text).writerows(orders())
        response.write(text.getvalue().encode("utf-8"))
        print(response.size, response.crc)

    def good():
        response = Response()
        text = io.TextIOWrapper(io.BufferedWriter(response), encoding="utf-8", newline="")
        csv.writer(text).writerows(orders())
        text.flush()
        print(response.size, response.crc)


if __name__ == "__main__":
    kept = run()
