import zlib

from django.dispatch import Signal

from harness import case, run

page_done = Signal()


def statement_lines(account):
    balance = account * 17
    for number in range(4_000):
        balance += (number * 7919 + account) % 2_000 - 990
        yield f"{account:06d};{number:05d};2024-{number % 12 + 1:02d};{balance / 100:.2f}\n"


class Exporter:
    page_size = 500

    def __init__(self):
        self.pages = 0
        self.checksum = 0

    def write(self, account, lines):
        for start in range(0, len(lines), self.page_size):
            page = "".join(lines[start:start + self.page_size])
            self.checksum = zlib.crc32(page.encode(), self.checksum)
            self.pages += 1
            page_done.send(sender=Exporter, account=account, done=start + self.page_size)


def export_view(exporter, account):
    lines = list(statement_lines(account))
    progress = []

    def show_progress(sender, done, **kwargs):
        if kwargs["account"] == account:
            progress.append(100 * done // len(lines))

    page_done.connect(show_progress, sender=Exporter, weak=False)
    exporter.write(account, lines)
    return progress[-1]


def export_view_scoped(exporter, account):
    lines = list(statement_lines(account))
    progress = []

    def show_progress(sender, done, **kwargs):
        if kwargs["account"] == account:
            progress.append(100 * done // len(lines))

    page_done.connect(show_progress, sender=Exporter)
    try:
        exporter.write(account, lines)
    finally:
        page_done.disconnect(show_progress, sender=Exporter)
    return progress[-1]


def export_all(view):
    exporter = Exporter()
    finished = 0
    for account in range(160):
        finished += view(exporter, account) == 100
    print("exports", finished, "pages", exporter.pages, exporter.checksum)


@case("pp 03 statement export")
class _:
    def bad():
        return export_all(export_view)

    def good():
        return export_all(export_view_scoped)


if __name__ == "__main__":
    kept = run()
