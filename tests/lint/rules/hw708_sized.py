# sized
import base64
import gzip
import hashlib
import zipfile
from pathlib import Path
def digest(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()  # expect: HW708
def digest_of_name(path):
    with open(path, "rb") as file:
        data = file.read()
    return hashlib.md5(data).hexdigest()  # expect: HW708
def pack(path, target):
    with open(path, "rb") as file:
        data = file.read()
    with open(target, "wb") as out:
        out.write(gzip.compress(data))  # expect: HW708
def encode(path, out):
    with open(path, "rb") as file:
        out.write(base64.b64encode(file.read()))  # expect: HW708
def add(archive, path):
    with zipfile.ZipFile(archive, "w") as z, open(path, "rb") as file:
        z.writestr("a.bin", file.read())  # expect: HW708
def extract(archive, name, target):
    with zipfile.ZipFile(archive) as z, open(target, "wb") as out:
        out.write(z.read(name))  # expect: HW708
def message(path):
    with open(path, "rb") as file:
        return {"body": base64.b64encode(file.read()).decode()}
def measured(path):
    data = Path(path).read_bytes()
    return len(data), hashlib.sha256(data).hexdigest()
def made(archive, text):
    with zipfile.ZipFile(archive, "w") as z:
        z.writestr("a.txt", text)
def parsed(archive, name, parse):
    with zipfile.ZipFile(archive) as z:
        return parse(z.read(name))
def packed(path):
    return gzip.compress(Path(path).read_bytes())
import csv
import io
import pickle
import subprocess
from django.http import FileResponse, HttpResponse
def restored(path):
    with open(path, "rb") as file:
        return pickle.loads(file.read())  # expect: HW708
def names(path):
    with open(path, "rb") as file:
        buffer = io.BytesIO(file.read())  # expect: HW708
    return zipfile.ZipFile(buffer).namelist()
def rows(path):
    with open(path, newline="") as file:
        return [row[0] for row in csv.reader(io.StringIO(file.read()))]  # expect: HW708
def download(request, path):
    with open(path, "rb") as file:
        return HttpResponse(file.read(), content_type="application/zip")  # expect: HW708
def piped(path):
    data = Path(path).read_bytes()
    return subprocess.run(["wc"], input=data, capture_output=True)  # expect: HW708
def sent(sock, path):
    with open(path, "rb") as file:
        sock.sendall(file.read())  # expect: HW708
def streamed(request, path):
    return FileResponse(open(path, "rb"))
def changed(path):
    buffer = io.BytesIO(Path(path).read_bytes())
    buffer.seek(0, 2)
    buffer.write(b"x")
    return buffer
def member(archive, name):
    with zipfile.ZipFile(archive) as z:
        return zipfile.ZipFile(io.BytesIO(z.read(name)))
def part(sock, path):
    with open(path, "rb") as file:
        sock.sendall(file.read(4096))


def body_of(path, labels):
    with open(path, "rb") as recording:
        content = recording.read()
    document = {"labels": labels, "content": base64.b64encode(content).decode("ascii")}  # expect: HW708
    yield json.dumps(document).encode("utf-8")


def named_twice(path):
    content = Path(path).read_bytes()
    text = base64.b64encode(content).decode()
    document = {"content": text, "size": len(text)}
    return json.dumps(document)


def read_again(path):
    with open(path, "rb") as recording:
        document = {"content": base64.b64encode(recording.read()).decode()}
    document["size"] = len(document["content"])
    return json.dumps(document)
