"""Import jobs that show their own log on the job page: a few threads work through many jobs."""
import contextlib
import contextvars
import io
import logging
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from harness import CASES, D, case, fixture, run

FORMAT = logging.Formatter("%(levelname)s %(message)s")
log = logging.getLogger("imports")
log.setLevel(logging.DEBUG)
log.propagate = False


@dataclass(slots=True)
class JobResult:
    rows: int
    rejected: int
    log_lines: int
    last_line: str


class NamedJobLog:
    """The log of a job under the job's own name."""

    def __init__(self, job_id):
        self.buffer = io.StringIO()
        self.logger = log.getChild(job_id)
        handler = logging.StreamHandler(self.buffer)
        handler.setFormatter(FORMAT)
        self.logger.addHandler(handler)

    def __enter__(self):
        return self.logger

    def __exit__(self, *exc):
        self.logger.handlers[0].flush()

    def lines(self):
        return self.buffer.getvalue().splitlines()


class RoutedJobLog:
    """The log of a job by way of one handler, which writes to the job at hand."""

    current = contextvars.ContextVar("job_buffer")

    class Handler(logging.Handler):
        def emit(self, record):
            RoutedJobLog.current.get().write(self.format(record) + "\n")

    def __init__(self, job_id):
        self.buffer = io.StringIO()
        self.logger = logging.LoggerAdapter(log, {"job": job_id})

    @classmethod
    def install(cls):
        handler = cls.Handler()
        handler.setFormatter(FORMAT)
        log.addHandler(handler)

    def __enter__(self):
        self._token = self.current.set(self.buffer)
        return self.logger

    def __exit__(self, *exc):
        self.current.reset(self._token)

    def lines(self):
        return self.buffer.getvalue().splitlines()


class Importer:
    def __init__(self, job_log_class):
        self.job_log_class = job_log_class

    def __call__(self, job_id):
        rng = random.Random(job_id)
        rejected = 0
        job_log = self.job_log_class(f"job-{job_id}")
        with job_log as logger:
            count = rng.randrange(60, 120)
            for row in range(count):
                amount = rng.gauss(100, 60)
                if amount < 0:
                    rejected += 1
                    logger.warning("row %d: amount %.2f is negative and there is no credit note for it, rejected", row, amount)
                else:
                    logger.debug("row %d: amount %.2f booked to account %d, period %d, cost centre %d", row, amount,
                                 rng.randrange(10 ** 8), rng.randrange(1, 13), rng.randrange(10 ** 4))
            logger.info("done, %d rows, %d rejected", count, rejected)
        lines = job_log.lines()
        return JobResult(count, rejected, len(lines), lines[-1])


def run_jobs(job_log_class, jobs=2000):
    with ThreadPoolExecutor(3) as pool:
        return list(pool.map(Importer(job_log_class), range(jobs)))


@case('09 one logger with a handler per import job')
class _:
    def bad():
        return run_jobs(NamedJobLog)

    def good():
        RoutedJobLog.install()
        return run_jobs(RoutedJobLog)


if __name__ == "__main__":
    kept = run()
