CODE, HOLDER = "HW105", ""
import contextvars

var = contextvars.ContextVar("var", default=())
last = contextvars.ContextVar("last", default=())


def leaking():
    var.set((*var.get(), bytes(5000)))  # here


def clean():
    token = last.set((bytes(5000),))
    last.reset(token)
