import csv
import io

from harness import case, run


@case("ss 11 meter upload")
class _:
    def setup():
        made = io.BytesIO(); made.writelines(b"meter-%06d,%05d,ok,%04d\n" % (n % 9_000, n * 37 % 90_000, n % 7_001) for n in range(700_000)); _.raw = made.getvalue()

    def bad():
        rows = csv.reader(io.StringIO(_.raw.decode(), newline=""))
        print(sum(int(row[1]) for row in rows))

    def good():
        rows = csv.reader(io.TextIOWrapper(io.BytesIO(_.raw), "utf-8", newline=""))
        print(sum(int(row[1]) for row in rows))


if __name__ == "__main__":
    kept = run()
