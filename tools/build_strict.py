"""Compiles the native core with warnings as errors, in a build directory of its own."""

import subprocess
import sys
import sysconfig
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
BUILD = (
    HERE / "build" / f"strict-{sysconfig.get_platform()}-{sys.version_info[0]}{sys.version_info[1]}"
)


def tool(name: str) -> str:
    """A build tool of this environment, else of the machine."""
    ours = Path(sys.executable).parent / name
    return str(ours) if ours.exists() else name


def main() -> int:
    """Configures and builds; returns the exit code."""
    configure = [
        tool("cmake"), "-S", str(HERE), "-B", str(BUILD), "-G", "Ninja",
        f"-DCMAKE_MAKE_PROGRAM={tool('ninja')}", f"-DPython_EXECUTABLE={sys.executable}",
        "-DHEAPWISE_WERROR=ON", "-DCMAKE_BUILD_TYPE=Release", "-Wno-dev",
    ]  # fmt: skip
    for command in (configure, [tool("cmake"), "--build", str(BUILD)]):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.stderr.write(done.stdout[-6000:] + done.stderr[-6000:])
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
