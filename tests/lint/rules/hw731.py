# sized
import asyncio
import csv
import io
import os
import subprocess
import subprocess as sp
from collections import Counter
from subprocess import PIPE, Popen, check_output
def communicated(path):
    process = Popen(["zcat", path], stdout=PIPE)
    output, _ = process.communicate()  # expect: HW731
    if process.returncode:
        raise OSError(path)
    for line in output.decode("utf-8").splitlines():
        print(line)
def _log_lines(path):
    process = subprocess.Popen(["zcat", str(path)], stdout=subprocess.PIPE)
    output, errors = process.communicate()  # expect: HW731
    return output.decode().split("\n")
class Log:
    def count(self, path):
        return sum(1 for line in _log_lines(path) if "ERROR" in line)
def ran(words):
    result = sp.run(words, capture_output=True, text=True, check=True)  # expect: HW731
    total = 0
    for line in result.stdout.splitlines():
        total += int(line.split()[0])
    return total
def piped(words):
    result = subprocess.run(words, stdout=subprocess.PIPE)  # expect: HW731
    result.check_returncode()
    text = result.stdout.decode().strip()
    lines = text.split("\n")
    return max(len(line) for line in lines)
def checked(words):
    for row in csv.reader(check_output(words, text=True).splitlines()):  # expect: HW731
        print(row[0])
def as_file(words):
    for line in io.StringIO(check_output(words, universal_newlines=True)):  # expect: HW731
        print(len(line))
def opened(command):
    for line in os.popen(command).read().splitlines():  # expect: HW731
        print(line)
def opened_lines(command):
    with os.popen(command) as pipe:
        for line in pipe.readlines():  # expect: HW731
            print(line)
def first_of_two(words):
    return sum(len(line) for line in Popen(words, stdout=PIPE).communicate()[0].splitlines())  # expect: HW731
def read_whole(words):
    process = Popen(words, stdout=PIPE)
    for line in process.stdout.read().split(b"\n"):  # expect: HW731
        print(line)
async def awaited(words):
    process = await asyncio.create_subprocess_exec(*words, stdout=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()  # expect: HW731
    for line in output.decode().splitlines():
        print(line)
def tallied(words):
    result = subprocess.run(words, capture_output=True, text=True, check=True)  # expect: HW731
    return Counter(line.split()[1] for line in result.stdout.splitlines())
def tallied_lines(words):
    return Counter(check_output(words, text=True).splitlines())  # expect: HW731
def firsts(words):
    output = check_output(words, text=True)  # expect: HW731
    return set(line.partition(" ")[0] for line in output.splitlines())
def updated(words):
    counts = Counter()
    result = subprocess.run(words, capture_output=True, text=True)  # expect: HW731
    counts.update(len(line) for line in result.stdout.splitlines())
    return counts
def failed(words):
    result = subprocess.run(words, capture_output=True, text=True)  # expect: HW731
    if result.returncode != 0:
        raise RuntimeError(result.stderr)
    for line in result.stdout.splitlines():
        print(line)
def numbered(words):
    result = subprocess.run(words, capture_output=True, text=True)  # expect: HW731
    lines = result.stdout.splitlines()
    errors = sum(" ERROR " in line for line in lines)
    print(len(lines), errors)
def numbered_before(words):
    lines = check_output(words, text=True).splitlines()
    print(len(lines))
    for line in lines:
        print(line)
def numbered_within(words):
    lines = check_output(words, text=True).splitlines()
    for line in lines:
        print(line,
              len(lines))
def different(words):
    return sorted(line for line in check_output(words, text=True).splitlines() if line)
def for_later(words):
    return (line.strip() for line in check_output(words, text=True).splitlines())
def line_by_line(words):
    process = Popen(words, stdout=PIPE, text=True)
    for line in process.stdout:
        print(line)
    process.wait()
def kept(words):
    lines = []
    for line in check_output(words, text=True).splitlines():
        lines.append(line)
    return lines
def counted_too(words):
    output = check_output(words, text=True)
    for line in output.splitlines():
        print(line, len(output))
def given_input(words, text):
    output, _ = Popen(words, stdin=PIPE, stdout=PIPE).communicate(text)
    for line in output.splitlines():
        print(line)
def with_errors(words):
    output, errors = Popen(words, stdout=PIPE, stderr=PIPE).communicate()
    for line in output.splitlines():
        print(line)
    print(errors)
def errors_of_result(words):
    result = subprocess.run(words, capture_output=True)
    for line in result.stdout.splitlines():
        print(line, result.stderr)
def indexed(words):
    return check_output(words, text=True).splitlines()[-1]
def whole(words):
    return check_output(words, text=True).strip()
def twice(words):
    lines = check_output(words, text=True).splitlines()
    most = max(map(len, lines))
    return [line.ljust(most) for line in lines]
def not_captured(words):
    return subprocess.run(words).returncode
def fed(words, text):
    for line in subprocess.run(words, input=text, capture_output=True).stdout.splitlines():
        print(line)
def limited(words):
    for line in subprocess.run(words, capture_output=True, timeout=60).stdout.splitlines():
        print(line)
def checked_in_time(words):
    for line in check_output(words, timeout=9).splitlines():
        print(line)
if __name__ == "__main__":
    print(Log().count("x"))
