import subprocess
import sys

from harness import case, run

EXPORT = """
import sys
for i in range(350_000):
    level = "ERROR" if i % 997 == 0 else "INFO"
    sys.stdout.write(f"2024-03-01T00:00:00 {level} worker-{i % 16} finished job {i:07d}\\n")
"""
COMMAND = [sys.executable, "-S", "-c", EXPORT]


@case("tt 06 captured output")
class _:
    def bad():
        done = subprocess.run(COMMAND, capture_output=True, text=True, check=True)
        lines = done.stdout.splitlines()
        errors = sum(" ERROR " in line for line in lines)
        print(len(lines), errors)

    def good():
        count = errors = 0
        with subprocess.Popen(COMMAND, stdout=subprocess.PIPE, text=True) as process:
            for line in process.stdout:
                count += 1
                errors += " ERROR " in line
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, COMMAND)
        print(count, errors)


if __name__ == "__main__":
    kept = run()
