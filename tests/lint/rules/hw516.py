from concurrent.futures import ThreadPoolExecutor
def rows():
    yield 1
def run(work, items):
    with ThreadPoolExecutor() as pool:
        pool.map(work, rows())  # expect: HW516
        pool.map(work, (x for x in items))  # expect: HW516
        [pool.submit(work, x) for x in open("f")]  # expect: HW516
        pool.map(work, items)
        pool.map(work, rows(), buffersize=8)
        map(work, rows())
