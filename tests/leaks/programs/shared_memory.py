CODE, HOLDER = "HW207", "shared_memory.blocks"
from multiprocessing.shared_memory import SharedMemory

blocks = []


def leaking():
    block = SharedMemory(create=True, size=4096)  # here
    block.unlink()
    blocks.append(block)


def clean():
    block = SharedMemory(create=True, size=4096)
    block.unlink()
    block.close()
