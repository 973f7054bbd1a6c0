import time

from harness import case, run


class TemporaryError(Exception):
    pass


def download(number):
    return b"%08d" % number * 60_000


def parse(body, attempt):
    if attempt < 1:
        raise TemporaryError("try again")
    return body.count(b"1")


def import_page(number):
    body = download(number)
    last_error = None
    for attempt in range(3):
        try:
            return parse(body, attempt)
        except TemporaryError as error:
            last_error = error
    raise last_error


def import_page_clean(number):
    body = download(number)
    last_error = None
    try:
        for attempt in range(3):
            try:
                return parse(body, attempt)
            except TemporaryError as error:
                last_error = error
        raise last_error
    finally:
        del last_error


def crawl(fetch):
    ones = 0
    for number in range(200):
        ones += fetch(number)
    time.sleep(0.3)
    print("ones", ones)


@case("nn 06 retry error")
class _:
    def bad():
        crawl(import_page)

    def good():
        crawl(import_page_clean)


if __name__ == "__main__":
    kept = run()
