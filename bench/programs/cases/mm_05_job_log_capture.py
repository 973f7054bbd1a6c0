import io
import logging
import time

from harness import case, run

log = logging.getLogger("worker.jobs")
log.setLevel(logging.INFO)
log.propagate = False


def do_work(job_id):
    for step in range(120):
        log.info("job %d step %d: fetched %d records from the upstream service", job_id, step, step * 13)


def run_job(job_id):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    log.addHandler(handler)
    do_work(job_id)
    return stream.getvalue().count("\n")


def run_job_and_detach(job_id):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    log.addHandler(handler)
    try:
        do_work(job_id)
        return stream.getvalue().count("\n")
    finally:
        log.removeHandler(handler)


def worker(execute):
    lines = 0
    for job_id in range(75):
        lines += execute(job_id)
    time.sleep(0.3)
    print("lines", lines)
    return log


@case("mm 05 job log capture")
class _:
    def bad():
        return worker(run_job)

    def good():
        return worker(run_job_and_detach)


if __name__ == "__main__":
    kept = run()
