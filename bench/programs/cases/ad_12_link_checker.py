"""Link checker: visits the start pages of many sites with one HTTP session."""
import io
from http.client import HTTPMessage
from http.cookiejar import DefaultCookiePolicy

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

from harness import case, run

SITES = 130
TRACKERS = 60


class Transcript:
    """The part of http.client's response that the HTTP stack looks at."""

    _method = "GET"

    def __init__(self, headers):
        self.msg = HTTPMessage()
        for name, value in headers:
            self.msg.add_header(name, value)

    def isclosed(self):
        return True

    def close(self):
        pass


class RecordedSites(HTTPAdapter):
    """Answers from recordings instead of the network."""

    def send(self, request, **options):
        site = int(request.url.split("//site-")[1].split(".")[0])
        page = f"<html><a href='/about'>About {site}</a></html>".encode()
        headers = [("Content-Type", "text/html; charset=utf-8")]
        for n in range(TRACKERS):
            token = f"{site:06x}{n:04x}" * 560
            headers.append(("Set-Cookie", f"visit{n}={token}; Path=/; Max-Age=31536000"))
        raw = HTTPResponse(body=io.BytesIO(page), headers=headers, status=404 if site % 41 == 0 else 200,
                           preload_content=False, original_response=Transcript(headers))
        return self.build_response(request, raw)


class LinkChecker:
    def __init__(self):
        self.session = requests.Session()
        self.session.mount("https://", RecordedSites())
        self.broken = []
        self.checked = 0

    def check(self, url):
        with self.session.get(url, timeout=10) as answer:
            self.checked += 1
            if not answer.ok:
                self.broken.append(url)
            return len(answer.content)


class StatelessLinkChecker(LinkChecker):
    def __init__(self):
        super().__init__()
        self.session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))


def check_all(checker):
    size = sum(checker.check(f"https://site-{n}.example.org/") for n in range(SITES))
    print(f"{checker.checked} sites, {len(checker.broken)} broken, {size} bytes")
    return checker


@case("ad 12 link checker")
class _:
    def bad():
        return check_all(LinkChecker())

    def good():
        return check_all(StatelessLinkChecker())


if __name__ == "__main__":
    kept = run()
