import os
import shutil
import tempfile
import time
import zipfile

from harness import case, fixture, run


def build(path):
    block = bytes(range(256)) * 4096
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("model/config.json", "{}")
        with archive.open("model/weights.bin", "w") as out:
            for _ in range(90):
                out.write(block)


def installed(folder):
    return sum(os.path.getsize(os.path.join(folder, name)) for name in os.listdir(folder))


@case("mm 11 wheel unzip")
class _:
    def bad():
        path = fixture("mm11-wheel.zip", build)
        with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                data = archive.read(name)
                with open(os.path.join(folder, os.path.basename(name)), "wb") as out:
                    out.write(data)
                time.sleep(0.1)
            print("installed", installed(folder))

    def good():
        path = fixture("mm11-wheel.zip", build)
        with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                with archive.open(name) as data:
                    with open(os.path.join(folder, os.path.basename(name)), "wb") as out:
                        shutil.copyfileobj(data, out)
                time.sleep(0.1)
            print("installed", installed(folder))


if __name__ == "__main__":
    kept = run()
