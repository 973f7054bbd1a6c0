"""Render a documentation site and deploy the pages that changed."""
import hashlib
import html
import string
import tempfile
from pathlib import Path

LOCALES = ("en", "de", "fr", "ja", "pt")
ARTICLES = 220
LAYOUT = string.Template("""<!doctype html>
<html lang="$locale"><head><title>$title</title></head>
<body><nav>$navigation</nav><main>$body</main></body></html>
""")
PHRASES = (
    "Configure the <endpoint> before the first request",
    "The client retries \"idempotent\" calls & reports the rest",
    "Set the timeout in seconds; zero means no timeout",
    "Keys rotate every ninety days unless pinned",
)


class Document:
    """One article in one locale."""

    def __init__(self, number, locale):
        self.number = number
        self.locale = locale
        self.title = f"Chapter {number}"

    @property
    def url(self):
        return f"{self.locale}/chapter-{self.number:03d}.html"

    def paragraphs(self):
        for k in range(420 + self.number % 60):
            phrase = PHRASES[(k + self.number) % len(PHRASES)]
            yield f"<p>{k}. {html.escape(phrase)} ({self.locale}-{self.number}-{k * 7 % 100}).</p>"

    def render(self, layout):
        return layout.substitute(
            locale=self.locale,
            title=self.title,
            navigation=" ".join(f'<a href="/{locale}/">{locale}</a>' for locale in LOCALES),
            body="\n".join(self.paragraphs()),
        )


class Pod:
    def __init__(self, layout):
        self.layout = layout
        self.documents = [Document(n, locale) for locale in LOCALES for n in range(ARTICLES)]

    def dump(self):
        """(url, page) of every document."""
        for document in self.documents:
            yield document.url, document.render(self.layout)


class Deployment:
    """Writes pages below a folder and skips those it already has."""

    def __init__(self, folder):
        self.folder = folder
        self.index = {}

    def deploy(self, pages):
        written = skipped = 0
        for url, page in pages:
            digest = hashlib.sha1(page.encode("utf-8")).hexdigest()
            if self.index.get(url) == digest:
                skipped += 1
                continue
            target = self.folder / url
            target.parent.mkdir(exist_ok=True)
            target.write_text(page, encoding="utf-8")
            self.index[url] = digest
            written += 1
        return written, skipped


def main():
    pod = Pod(LAYOUT)
    with tempfile.TemporaryDirectory() as tmp:
        deployment = Deployment(Path(tmp))
        print("first deploy", deployment.deploy(pod.dump()))
        for document in pod.documents[::170]:
            document.title += " (revised)"
        print("second deploy", deployment.deploy(pod.dump()))
        size = sum(path.stat().st_size for path in Path(tmp).rglob("*.html"))
    digest = hashlib.sha1("".join(sorted(deployment.index.values())).encode()).hexdigest()
    print("pages", len(deployment.index), "bytes", size, digest[:12])


if __name__ == "__main__":
    main()
