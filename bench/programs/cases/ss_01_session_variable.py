from contextvars import ContextVar

from harness import case, run

USER = ContextVar("user")


@case("ss 01 session variable")
class _:
    def bad():
        class Session:
            def __init__(self, number):
                self.user = ContextVar(f"user-{number}")
                self.user.set(bytearray(b"u") * 200_000)

            def size(self): return len(self.user.get())
        print(sum(Session(number).size() for number in range(400)))

    def good():
        class Session:
            def __init__(self, number):
                self.token = USER.set(bytearray(b"u") * 200_000)

            def size(self): return len(USER.get())

            def close(self): USER.reset(self.token)
        total = 0
        for number in range(400):
            session = Session(number)
            total += session.size()
            session.close()
        print(total)


if __name__ == "__main__":
    kept = run()
