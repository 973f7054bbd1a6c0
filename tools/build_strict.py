"""Compiles the native core with warnings as errors, in the folder where it was built for this interpreter: `make` has
built it so, where that went."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
TAG = f"cp{sys.version_info[0]}{sys.version_info[1]}"


def tool(name: str) -> str:
    """A build tool of this environment, else of the machine."""
    ours = Path(sys.executable).parent / name
    return str(ours) if ours.exists() else name


def main() -> int:
    """Configures and builds; returns the exit code."""
    [build] = (HERE / "build").glob(f"{TAG}-*")
    configure = [tool("cmake"), str(build), "-DHEAPWISE_WERROR=ON", "-Wno-dev"]
    for command in (configure, [tool("cmake"), "--build", str(build)]):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.stderr.write(done.stdout[-6000:] + done.stderr[-6000:])
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
