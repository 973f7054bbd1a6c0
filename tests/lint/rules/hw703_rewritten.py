# sized
import os
from pathlib import Path
def stripped(path):
    lines = path.read_text().splitlines()
    with path.open("w") as out:
        for line in lines:
            out.write(line.strip())
def of_another_name(path):
    with open(path) as file:
        lines = file.readlines()
    with open(path, "w") as out:
        for line in lines:
            out.write(line)
def of_the_same_name(path):
    with open(path) as file:
        lines = file.readlines()
    with open(path, "w") as file:
        for line in lines:
            file.write(line)
def as_a_path(path):
    with open(path) as file:
        lines = file.read().splitlines()
    with Path(path).open("w") as out:
        for line in lines:
            out.write(line)
def copied(path, to):
    with open(path) as file:
        lines = file.read().splitlines()  # expect: HW703
    with open(to, "w") as out:
        for line in lines:
            out.write(line)
def copied_under_the_same_name(path, to):
    with open(path) as file:
        lines = file.read().splitlines()  # expect: HW703
    with open(to, "w") as file:
        for line in lines:
            print(line)
def removed(path):
    lines = path.read_text().splitlines()
    path.unlink()
    for line in lines:
        print(line)
def moved(path):
    lines = Path(path).read_text().splitlines()
    os.rename(path, path + ".old")
    for line in lines:
        print(line)
def written_meanwhile(path):
    for line in path.read_text().splitlines():
        path.write_text(line)
def gone_back(path):
    with open(path) as file:
        for line in file.read().splitlines():
            if line == "again":
                file.seek(0)
def cut(path):
    with open(path, "r+") as file:
        lines = file.read().splitlines()
        file.seek(0)
        file.truncate()
        for line in lines:
            file.write(line)
def after_a_head(path):
    with open(path) as file:
        head = file.readline()
        lines = file.read().splitlines()  # expect: HW703
        for line in lines:
            print(head, line)
        file.close()
def told_again(path):
    lines = path.read_text().splitlines()  # expect: HW703
    for line in lines:
        print(path, line)
