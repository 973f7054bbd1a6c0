# sized
import csv
import tarfile
import zipfile
from pathlib import Path
from urllib.request import urlopen
def members(path):
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8")
            for row in csv.DictReader(text.splitlines()):  # expect: HW703
                print(row)
            for line in archive.read(name).decode().splitlines():  # expect: HW703
                print(line)
            kept = archive.read(name).decode("utf-8")
            print(len(kept), kept.splitlines()[0])
            for row in csv.reader(kept.splitlines()):
                print(row)
            for line in unknown.read(name).decode().splitlines():
                print(line)
def _text(archive, name):
    return archive.read(name).decode("utf-8")
def one(path):
    archive = zipfile.ZipFile(path)
    rows = csv.reader(_member(archive, "a").splitlines())  # expect: HW703
    return sum(len(row) for row in rows)
def _member(archive: zipfile.ZipFile, name):
    return archive.read(name).decode("utf-8")
def fetched(url):
    with urlopen(url) as response:
        text = response.read().decode("utf-8")
    lines = text.splitlines()  # expect: HW703
    return sum(len(line) for line in lines)
def of_path(path):
    text = Path(path).read_text()
    return [int(row["a"]) for row in csv.DictReader(text.splitlines())]  # expect: HW703
def twice(path):
    lines = Path(path).read_text().splitlines()
    return len(lines), [int(row["a"]) for row in csv.DictReader(lines)]
def rows_of_member(archive, name):
    text = archive.read(name).decode("utf-8")
    yield from csv.DictReader(text.splitlines())  # expect: HW703
def by_info(bundle, names):
    for info in names:
        data = bundle.read(info.filename)
        text = data.decode()
        for line in text.splitlines():  # expect: HW703
            print(line)
def constant_member(source):
    for line in source.read("words.txt").decode().splitlines():  # expect: HW703
        print(line)
class Bundle:
    def __init__(self, archive):
        self._archive = archive
    def lines(self, part):
        for line in self._archive.read(f"{part}.txt").decode().split("\n"):  # expect: HW703
            print(line)
def from_tar(archive, name):
    text = archive.extractfile(name).read().decode("utf-8")
    for row in csv.reader(text.splitlines()):  # expect: HW703
        print(row)
def from_tar_by_name(archive, name):
    member = archive.extractfile(name)
    for line in member.read().decode().splitlines():  # expect: HW703
        print(line)
def of_stream(stream, length):
    text = stream.read(length).decode("utf-8")
    yield from csv.DictReader(text.splitlines())
def of_archive_by_size(archive, size):
    for line in archive.read(size).decode().splitlines():
        print(line)
def by_number(archive):
    for line in archive.read(4096).decode().splitlines():
        print(line)
def not_decoded(archive, name):
    for line in archive.read(name).splitlines():
        print(line)
def kept_lines(archive, name):
    text = archive.read(name).decode("utf-8")
    return text.splitlines()
def kept_text(archive, name):
    text = archive.read(name).decode("utf-8")
    yield from csv.DictReader(text.splitlines())
    print(len(text))
def annotated(archive: Store, name):
    for line in archive.read(name).decode().splitlines():
        print(line)
def extracted_kept(archive, name):
    return archive.extractfile(name).read().decode().splitlines()
def posted():
    return sum(len(line) for line in request.get_data(as_text=True).splitlines())  # expect: HW703
def posted_to_django(request):
    return sum(len(line) for line in request.body.splitlines())  # expect: HW703
def kept_body(request):
    body = request.body
    return body, body.splitlines()
def counted(path):
    text = Path(path).read_text()
    lines = text.splitlines()  # expect: HW703
    longest = max(len(line) for line in lines)
    return longest, len(lines)
