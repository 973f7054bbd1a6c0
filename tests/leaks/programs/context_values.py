CODE, HOLDER = "HW105", "context_values.trace"
import contextvars

trace = contextvars.ContextVar("trace", default=())


def leaking():
    trace.set((*trace.get(), bytes(3000)))  # here


def clean():
    token = trace.set((*trace.get(), bytes(3000)))
    trace.reset(token)
