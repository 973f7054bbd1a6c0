"""Uploads recordings to an archive whose API takes JSON, the content in base64."""
import base64
import hashlib
import json
import os
import random

from harness import case, fixture, run

CHUNK = 3 * 64 * 1024


def build_recording(path):
    rng = random.Random(18)
    with open(path, "wb") as out:
        for _ in range(40):
            out.write(rng.randbytes(700_003))


class Archive:
    """Stands for the HTTP connection: takes the pieces of a body as they come."""

    def __init__(self):
        self.digest = hashlib.sha256()
        self.received = 0

    def put(self, body):
        for piece in body:
            self.digest.update(piece)
            self.received += len(piece)


class Uploader:
    def __init__(self, archive):
        self.archive = archive

    def upload(self, path, labels):
        self.archive.put(self.body(path, labels))

    def body(self, path, labels):
        with open(path, "rb") as recording:
            content = recording.read()
        document = {"name": os.path.basename(path), "labels": labels,
                    "content": base64.b64encode(content).decode("ascii")}
        yield json.dumps(document).encode("utf-8")


class PiecewiseUploader(Uploader):
    def body(self, path, labels):
        document = {"name": os.path.basename(path), "labels": labels, "content": ""}
        head = json.dumps(document)
        yield head[:-2].encode("utf-8")
        with open(path, "rb") as recording:
            while piece := recording.read(CHUNK):
                yield base64.b64encode(piece)
        yield head[-2:].encode("utf-8")


def archive_all(uploader_class):
    path = fixture("xx_18_recording.bin", build_recording)
    archive = Archive()
    uploader = uploader_class(archive)
    for take in range(12):
        uploader.upload(path, {"take": take, "room": "studio 2"})
    print(f"sent {archive.received} bytes, sha256 {archive.digest.hexdigest()[:16]}")
    return archive


@case("xx 18 archive upload")
class _:
    def setup():
        fixture("xx_18_recording.bin", build_recording)

    def bad():
        return archive_all(Uploader)

    def good():
        return archive_all(PiecewiseUploader)


if __name__ == "__main__":
    kept = run()
