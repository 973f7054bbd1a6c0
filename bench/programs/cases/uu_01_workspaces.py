import contextlib
import hashlib
import os
import tempfile
import weakref

from harness import case, run

PAGE_BYTES = 48 * 1024
DOCUMENTS = 420
PAGES_PER_DOCUMENT = 4


def render_page(doc_id, number):
    seed = hashlib.sha256(f"{doc_id}:{number}".encode()).digest()
    return seed * (PAGE_BYTES // len(seed))


def remove_lock(path):
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)


class Workspace:
    """Pages of one document while it is being converted, with a lock file on disk."""

    def __init__(self, root, doc_id):
        self.doc_id = doc_id
        self.lock_path = os.path.join(root, f"{doc_id}.lock")
        self.pages = []
        with open(self.lock_path, "w") as lock:
            lock.write(doc_id)
        self.arm_cleanup()

    def booklet_digest(self):
        order = self.pages[::2] + self.pages[1::2][::-1]
        digest = hashlib.sha256()
        for page in order:
            digest.update(page)
        return digest.hexdigest()


class ScratchWorkspace(Workspace):
    def arm_cleanup(self):
        weakref.finalize(self, self.discard)

    def discard(self):
        remove_lock(self.lock_path)


class LockedWorkspace(Workspace):
    def arm_cleanup(self):
        weakref.finalize(self, remove_lock, self.lock_path)


class Converter:
    def __init__(self, workspace_class, root):
        self.workspace_class = workspace_class
        self.root = root
        self.converted = 0
        self.checksum = 0

    def convert(self, doc_id):
        workspace = self.workspace_class(self.root, doc_id)
        for number in range(PAGES_PER_DOCUMENT):
            workspace.pages.append(render_page(doc_id, number))
        self.checksum ^= int(workspace.booklet_digest()[:12], 16)
        self.converted += 1


def convert_all(workspace_class):
    with tempfile.TemporaryDirectory() as root:
        converter = Converter(workspace_class, root)
        for number in range(DOCUMENTS):
            converter.convert(f"doc-{number:05d}")
    print(converter.converted, f"{converter.checksum:012x}")
    return converter


@case("uu 01 conversion workspaces")
class _:
    def bad():
        return convert_all(ScratchWorkspace)

    def good():
        return convert_all(LockedWorkspace)


if __name__ == "__main__":
    kept = run()
