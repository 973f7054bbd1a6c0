import gc
import os
import shutil
import sys
import zipfile

from harness import CASES, D, case, fixture, run


def write_wheel(path):
    import random
    r = random.Random(5848)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as wheel:
        for i in range(20):
            wheel.writestr(f"tensorpkg/module_{i}.py", f"VALUE = {i}\n")
        with wheel.open("tensorpkg/_native.so", "w") as member:
            for _ in range(70):
                member.write(r.randbytes(20_000) * 50)


def unzip_file(filename, location):
    """Unpack the wheel, as an installer does."""
    os.makedirs(location, exist_ok=True)
    installed = 0
    with zipfile.ZipFile(filename) as wheel:
        for name in wheel.namelist():
            target = os.path.join(location, os.path.basename(name))
            data = wheel.read(name)
            with open(target, "wb") as out:
                out.write(data)
            installed += os.path.getsize(target)
    return installed


def unzip_file_streaming(filename, location):
    os.makedirs(location, exist_ok=True)
    installed = 0
    with zipfile.ZipFile(filename) as wheel:
        for name in wheel.namelist():
            target = os.path.join(location, os.path.basename(name))
            with wheel.open(name) as member, open(target, "wb") as out:
                shutil.copyfileobj(member, out)
            installed += os.path.getsize(target)
    return installed


@case('64 whole zip member read to be written')
class _:
    def setup():
        fixture("kk_tensorpkg.whl", write_wheel)
    def bad():
        return unzip_file(fixture("kk_tensorpkg.whl", write_wheel), os.path.join(D, "kk_site"))
    def good():
        return unzip_file_streaming(fixture("kk_tensorpkg.whl", write_wheel), os.path.join(D, "kk_site"))


if __name__ == "__main__":
    kept = run()
