import base64
import hashlib
import json
import os
import time

from harness import D, case, fixture, run


def build(path):
    with open(path, "wb") as f:
        for n in range(24):
            f.write(hashlib.sha256(b"%d" % n).digest() * 32768)


def write_message(source, out):
    with open(source, "rb") as f:
        data = f.read()
    content = base64.b64encode(data).decode("ascii")
    body = json.dumps({"to": "ops@firm.example", "content": content})
    time.sleep(0.3)
    with open(out, "w") as f:
        f.write(body)


def write_message_chunked(source, out, size=57 * 1024):
    with open(source, "rb") as f, open(out, "w") as target:
        target.write('{"to": "ops@firm.example", "content": "')
        while chunk := f.read(size):
            target.write(base64.b64encode(chunk).decode("ascii"))
        target.write('"}')
    time.sleep(0.3)


def digest(path):
    total = hashlib.sha256()
    with open(path, "rb") as f:
        while block := f.read(1 << 16):
            total.update(block)
    return total.hexdigest()[:16]


def upload(write):
    out = os.path.join(D, "nn_16_%d.json" % os.getpid())
    write(fixture("nn_16_video.bin", build), out)
    print("message", os.path.getsize(out), digest(out))
    os.remove(out)


@case("nn 16 inline attachment")
class _:
    def bad():
        upload(write_message)

    def good():
        upload(write_message_chunked)


if __name__ == "__main__":
    kept = run()
