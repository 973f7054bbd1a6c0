"""Mail importer: old text exports of unknown encoding are turned into UTF-8."""
import os
import tempfile
import time

from charset_normalizer import from_path

WORDS = ("meeting report monday please confirm the delivery of seven boxes before friday "
         "afternoon thank you and kind regards from the office in the north").split()


WESTERN = ["cp1252", "cp1250", "cp1254", "cp1257", "latin_1", "iso8859_2", "iso8859_15", "cp858", "mac_roman"]


def write_exports(folder):
    """One plain export of about 11 MB."""
    paths = []
    for number in range(1):
        lines = []
        for row in range(9_000):
            at = (row * 7 + number) % len(WORDS)
            lines.append(" ".join((WORDS[at:] + WORDS[:at]) * 8) + ".")
        text = "\r\n".join(lines)
        text += "\r\nCaf\xe9 cr\xe8me \xe0 la carte, d\xe9j\xe0 vu, na\xefve fa\xe7ade\r\n"
        path = os.path.join(folder, "export-%d.txt" % number)
        with open(path, "wb") as out:
            out.write(text.encode("cp1252"))
        paths.append(path)
    return paths


def convert(path):
    best = from_path(path, cp_isolation=WESTERN).best()
    if best is None:
        raise ValueError("no encoding found for " + path)
    with open(path + ".utf8", "wb") as out:
        out.write(best.output())
    return best.encoding


def main():
    with tempfile.TemporaryDirectory() as folder:
        found = [convert(path) for path in write_exports(folder)]
    print("encodings", found)
    time.sleep(0.3)


main()
