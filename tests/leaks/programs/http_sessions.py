CODE, HOLDER = "HW208", "http_sessions.pool"
import http.client

pool = []


def leaking():
    pool.append(http.client.HTTPConnection("localhost"))  # here


def clean():
    c = http.client.HTTPConnection("localhost")
    c.close()
