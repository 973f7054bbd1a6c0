CODE, HOLDER = "HW204", "subprocesses.children"
import subprocess

children = []


def leaking():
    children.append(subprocess.Popen(["true"], stdout=subprocess.PIPE))  # here


def clean():
    with subprocess.Popen(["true"], stdout=subprocess.PIPE) as p:
        p.wait()
