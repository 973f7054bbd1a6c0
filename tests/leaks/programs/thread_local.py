CODE, HOLDER = "HW104", ""
import threading

local = threading.local()
local.rows = []
local.buffer = b""


def leaking():
    local.rows.append(bytes(5000))  # here


def clean():
    local.buffer = bytes(5000)
