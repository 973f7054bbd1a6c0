import zlib

import jinja2
from harness import case, run

PAGE = jinja2.Template(
    "<table>\n{% for row in rows %}"
    "<tr><td>{{ row.id }}</td><td>{{ row.name }}</td><td>{{ row.amount }}</td></tr>\n"
    "{% endfor %}</table>\n"
)


def rows():
    for i in range(140_000):
        yield {"id": i, "name": f"customer {i % 5000}", "amount": f"{i * 1.25:.2f}"}


class Upload:
    size = crc = 0

    def write(self, data):
        self.size += len(data)
        self.crc = zlib.crc32(data, self.crc)


@case("tt 09 page rendered whole")
class _:
    def bad():
        upload = Upload()
        page = PAGE.render(rows=rows())
        upload.write(page.encode("utf-8"))
        print(upload.size, upload.crc)

    def good():
        upload = Upload()
        stream = PAGE.stream(rows=rows())
        stream.enable_buffering(200)
        stream.dump(upload, encoding="utf-8")
        print(upload.size, upload.crc)


if __name__ == "__main__":
    kept = run()
