CODE, HOLDER = "HW154", ""
from unittest import mock

api, fresh = mock.Mock(), mock.Mock()


def leaking():
    for _ in range(4):
        api.send(bytes(3000))  # here


def clean():
    for _ in range(4):
        fresh.send(bytes(3000))
    fresh.reset_mock()
