"""Nightly import of partner feeds: every file is parsed, checked row by row and its outcome shown on a board."""
import asyncio

from harness import case, run

FEEDS = [f"partner-{n:02d}.csv" for n in range(54)]


class FeedError(Exception):
    def __init__(self, feed, line, reason):
        super().__init__(f"{feed}:{line}: {reason}")
        self.feed, self.line, self.reason = feed, line, reason


class Outcome:
    def __init__(self, feed, rows=0, error=None):
        self.feed = feed
        self.rows = rows
        self.error = error

    @property
    def line(self):
        return f"{self.feed} {'failed ' + str(self.error) if self.error else 'ok'}"


def download(feed):
    seed = int(feed[8:10])
    return [f"{seed};{i};item {i % 97};{(i * seed) % 1000}.50" for i in range(5000)]


def check_row(feed, line, cells):
    seed, number, _, price = cells
    if float(price) < 0 or int(number) != line:
        raise FeedError(feed, line, "rows out of order")
    if line >= 4400 and int(seed) % 8 != 0:
        raise FeedError(feed, line, "price list ended early")


async def import_feed(feed):
    rows = [text.split(";") for text in download(feed)]
    await asyncio.sleep(0)
    for line, cells in enumerate(rows):
        check_row(feed, line, cells)
    return len(rows)


async def import_with_error(board, feed):
    try:
        board[feed] = Outcome(feed, rows=await import_feed(feed))
    except FeedError as exc:
        board[feed] = Outcome(feed, error=exc)


async def import_with_plain_error(board, feed):
    try:
        board[feed] = Outcome(feed, rows=await import_feed(feed))
    except FeedError as exc:
        board[feed] = Outcome(feed, error=exc.with_traceback(None))


async def nightly(import_one):
    board = {}
    for feed in FEEDS:
        await import_one(board, feed)
    failed = [o for o in board.values() if o.error]
    print(len(board), len(failed), sum(len(o.line) for o in board.values()))
    return board


@case("yy 01 import failures")
class _:
    def bad():
        return asyncio.run(nightly(import_with_error))

    def good():
        return asyncio.run(nightly(import_with_plain_error))


if __name__ == "__main__":
    kept = run()
