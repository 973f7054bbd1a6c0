import logging
LOG = logging.getLogger(__name__)
top = logging.getLogger(f"app.{__name__}")
PREFIX = "app"
def connect(peer, self):
    a = logging.getLogger(f"app.conn.{peer}")  # expect: HW505
    b = logging.getLogger("app.conn.%s" % peer)  # expect: HW505
    c = LOG.getChild("c" + str(peer))  # expect: HW505
    d = logging.getLogger("app.{}".format(peer))  # expect: HW505
    e = logging.getLogger(f"{PREFIX}.{self.__class__.__name__}")
    f = logging.getLogger(__name__ + "." + self.__class__.__qualname__)
    g = logging.getLogger("app")
    return a, b, c, d, e, f, g
