"""Render farm node: every job gets a workspace with a folder and a frame buffer."""
import os
import shutil
import tempfile
import weakref
import zlib

from harness import case, run

JOBS = 260
FRAME = (640, 480)


class Workspace:
    def __init__(self, base, job):
        self.job = job
        self.folder = tempfile.mkdtemp(prefix=f"job-{job}-", dir=base)
        self.frame = bytearray(FRAME[0] * FRAME[1])
        self.guard()

    def guard(self):
        self.finalizer = weakref.finalize(self, self.remove)

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def scene_file(self):
        return os.path.join(self.folder, "scene.txt")


class JobWorkspace(Workspace):
    def guard(self):
        self.finalizer = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)


class Renderer:
    def __init__(self, workspace):
        self.workspace = workspace

    def prepare(self):
        with open(self.workspace.scene_file(), "w") as out:
            out.write(f"job {self.workspace.job}\nlamp {self.workspace.job % 13}\n")

    def draw(self):
        with open(self.workspace.scene_file()) as scene:
            lamp = int(scene.read().split()[-1])
        frame = self.workspace.frame
        width = FRAME[0]
        for row in range(FRAME[1]):
            frame[row * width:(row + 1) * width] = bytes([(row + lamp) % 256]) * width
        return zlib.crc32(frame)


class FarmNode:
    def __init__(self, workspace_type):
        self.base = tempfile.mkdtemp(prefix="farm-")
        self.workspace_type = workspace_type
        self.checks = {}
        weakref.finalize(self, shutil.rmtree, self.base, ignore_errors=True)

    def run(self, job):
        renderer = Renderer(self.workspace_type(self.base, job))
        renderer.prepare()
        self.checks[job] = renderer.draw()


def work(workspace_type):
    node = FarmNode(workspace_type)
    for job in range(JOBS):
        node.run(job)
    print(f"{len(node.checks)} jobs, {len(set(node.checks.values()))} different pictures")
    return node


@case("ad 17 render workspaces")
class _:
    def bad():
        return work(Workspace)

    def good():
        return work(JobWorkspace)


if __name__ == "__main__":
    kept = run()
