"""A build runner: the log of every build goes to the archive when the build is over."""
import io
import logging
import zlib

from harness import case, run

FORMAT = logging.Formatter("%(levelname)s %(name)s %(message)s")


class Archive:
    def __init__(self):
        self.sizes = {}

    def store(self, build, text):
        self.sizes[build] = (len(text), len(zlib.compress(text.encode(), 1)) > 0)


def steps(build, log):
    for step in range(300):
        log.info("step %03d of build started, command make -C package/%s all", step, "module/" * 48)
        if (build + step) % 60 == 0:
            log.warning("step %03d needed a second attempt", step)
    return (build * 31) % 17 != 0


def run_build(build, archive):
    log = logging.getLogger(f"runner.build-{build:05d}")
    log.setLevel(logging.INFO)
    log.propagate = False
    output = io.StringIO()
    handler = logging.StreamHandler(output)
    handler.setFormatter(FORMAT)
    log.addHandler(handler)
    passed = steps(build, log)
    archive.store(build, output.getvalue())
    return passed


def run_build_in(log, build, archive):
    output = io.StringIO()
    handler = logging.StreamHandler(output)
    handler.setFormatter(logging.Formatter(f"%(levelname)s runner.build-{build:05d} %(message)s"))
    log.addHandler(handler)
    try:
        passed = steps(build, log)
        archive.store(build, output.getvalue())
    finally:
        log.removeHandler(handler)
        handler.close()
    return passed


def report(archive, results):
    print(f"{len(results)} builds, {sum(results)} passed, "
          f"{sum(size for size, _ in archive.sizes.values())} characters of log")


@case("ab 10 build jobs")
class _:
    def bad():
        archive = Archive()
        report(archive, [run_build(build, archive) for build in range(700)])

    def good():
        archive = Archive()
        log = logging.getLogger("runner")
        log.setLevel(logging.INFO)
        log.propagate = False
        report(archive, [run_build_in(log, build, archive) for build in range(700)])


if __name__ == "__main__":
    kept = run()
