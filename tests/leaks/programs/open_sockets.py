CODE, HOLDER = "HW202", "open_sockets.sockets"
import socket

sockets = []


def leaking():
    for _ in range(3):
        sockets.append(socket.socket())  # here


def clean():
    for _ in range(3):
        with socket.socket():
            pass
