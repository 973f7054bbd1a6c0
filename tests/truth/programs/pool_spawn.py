"""Workers of a spawned pool."""
import multiprocessing


def work(size):
    return len(bytes(size))  # truth: total=3*8*MiB end=0


if __name__ == "__main__":
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        pool.map(work, [8 << 20] * 3)
        pool.close()
        pool.join()
