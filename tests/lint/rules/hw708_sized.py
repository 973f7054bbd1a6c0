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
