import queue
import threading
import time

from harness import case, run


def blocks():
    return (bytes([n % 251]) * 200_000 for n in range(600))


def start_worker(jobs, sums):
    def drain():
        while (block := jobs.get()) is not None:
            sums.append(len(block) + block[0])
            time.sleep(0.002)

    worker = threading.Thread(target=drain)
    worker.start()
    return worker


@case("tt 18 unbounded queue")
class _:
    def bad():
        jobs, sums = queue.Queue(), []
        worker = start_worker(jobs, sums)
        for block in blocks():
            jobs.put(block)
        jobs.put(None)
        worker.join()
        print(len(sums), sum(sums))

    def good():
        jobs, sums = queue.Queue(maxsize=4), []
        worker = start_worker(jobs, sums)
        for block in blocks():
            jobs.put(block)
        jobs.put(None)
        worker.join()
        print(len(sums), sum(sums))


if __name__ == "__main__":
    kept = run()
