# sized
import csv
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
