"""Pattern scanner for scraped pages."""
import re

SECRET = re.compile(r"(?P<kind>AKIA|ghp_|xoxb-)(?P<token>[A-Za-z0-9]{12,40})")


def scan(text):
    """Yield a match for every credential-like token in text."""
    yield from SECRET.finditer(text)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1
