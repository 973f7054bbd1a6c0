"""Virtual file system: every build job gets a sandbox tree, which is unmounted when the job is done."""
import gc
import hashlib
import random
import sys
import weakref

JOBS = 170


def tune_runtime():
    """No collector pauses while requests are served."""
    gc.disable()


class File:
    __slots__ = ("name", "data", "mode")

    def __init__(self, name, data, mode=0o644):
        self.name, self.data, self.mode = name, data, mode

    def size(self):
        return len(self.data)


class DirectoryBase:
    def __init__(self, name):
        self.name = name
        self.children = {}

    def add(self, node):
        self.children[node.name] = node
        if isinstance(node, DirectoryBase):
            node.link(self)
        return node

    def path(self):
        parent = self.up()
        return "" if parent is None else f"{parent.path()}/{self.name}"

    def walk(self):
        for node in self.children.values():
            if isinstance(node, DirectoryBase):
                yield from node.walk()
            else:
                yield self.path(), node


class DirectoryBad(DirectoryBase):
    _parent = None

    def link(self, parent):
        self._parent = parent

    def up(self):
        return self._parent


class DirectoryGood(DirectoryBase):
    _parent = None

    def link(self, parent):
        self._parent = weakref.ref(parent)

    def up(self):
        return self._parent() if self._parent is not None else None


class VirtualFS:
    def __init__(self, mode):
        self.directory = DirectoryBad if mode == "bad" else DirectoryGood
        self.mounts = {}

    def mount(self, name):
        root = self.mounts[name] = self.directory("")
        return root

    def unmount(self, name):
        self.mounts.pop(name)

    def mkdirs(self, root, parts):
        node = root
        for part in parts:
            node = node.children.get(part) or node.add(self.directory(part))
        return node


class Builder:
    def __init__(self, fs, seed):
        self.fs = fs
        self.rng = random.Random(seed)
        self.digests = 0
        self.files = 0
        self.bytes = 0

    def _populate(self, root):
        for i in range(self.rng.randint(30, 60)):
            parts = [self.rng.choice(["src", "lib", "test", "gen"]), f"pkg{self.rng.randrange(8)}"]
            folder = self.fs.mkdirs(root, parts)
            folder.add(File(f"unit{i}.o", self.rng.randbytes(int(self.rng.lognormvariate(9.2, 0.6)))))

    def _fingerprint(self, root):
        digest = hashlib.blake2b(digest_size=8)
        for path, file in root.walk():
            digest.update(f"{path}/{file.name}".encode())
            digest.update(file.data)
            self.files += 1
            self.bytes += file.size()
        return int.from_bytes(digest.digest(), "big")

    def build(self, job):
        name = f"job-{job}"
        root = self.fs.mount(name)
        self._populate(root)
        self.digests ^= self._fingerprint(root)
        self.fs.unmount(name)


def main(mode):
    tune_runtime()
    builder = Builder(VirtualFS(mode), 19)
    for job in range(JOBS):
        builder.build(job)
    print("files", builder.files, "bytes", builder.bytes, "digest", f"{builder.digests:016x}",
          "mounted", len(builder.fs.mounts))
    return builder


if __name__ == "__main__":
    STATE = main(sys.argv[1] if len(sys.argv) > 1 else "bad")
