import csv
import hashlib
import io

from flask import Flask, Response

from harness import case, run

COLUMNS = ("number", "name", "street", "place", "joined", "fee")
STREETS = ("Mill Lane", "Station Road", "Harbour Street", "Orchard Close", "Church Walk")


def members(count):
    for number in range(count):
        yield (
            f"{number:07d}",
            f"Member {number * 7919 % count:06d}",
            f"{number % 190 + 1} {STREETS[number % 5]}",
            f"Place {number % 730:03d}",
            f"20{number % 25:02d}-{number % 12 + 1:02d}-01",
            f"{number % 80}.50",
        )


def create_app(count):
    app = Flask("members")

    @app.get("/v1/members.csv")
    def export():
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        writer.writerows(members(count))
        return Response(out.getvalue(), mimetype="text/csv")

    @app.get("/v2/members.csv")
    def stream():
        def lines():
            out = io.StringIO()
            writer = csv.writer(out)
            writer.writerow(COLUMNS)
            for row in members(count):
                writer.writerow(row)
                if out.tell() > 16_384:
                    yield out.getvalue()
                    out.seek(0)
                    out.truncate()
            yield out.getvalue()

        return Response(lines(), mimetype="text/csv")

    return app


def download(app, url):
    digest = hashlib.sha256()
    size = 0
    with app.test_client().get(url) as response:
        for chunk in response.iter_encoded():
            digest.update(chunk)
            size += len(chunk)
    print(response.status_code, size, digest.hexdigest()[:16])


@case("qq 17 member export")
class _:
    def bad():
        return download(create_app(260_000), "/v1/members.csv")

    def good():
        return download(create_app(260_000), "/v2/members.csv")


if __name__ == "__main__":
    kept = run()
