from harness import case, run

SESSIONS = 75_000
COMMANDS = ("move", "attack", "chat", "trade", "rest", "leave")


class Player:
    __slots__ = ("number", "position", "score")

    def __init__(self, number):
        self.number = number
        self.position = 0
        self.score = 0

    def on_move(self, amount):
        self.position = (self.position + amount) % 200

    def on_attack(self, amount):
        self.score = min(self.score + amount, 250)

    def on_chat(self, amount):
        pass

    def on_trade(self, amount):
        self.score = max(0, self.score - 1)

    def on_rest(self, amount):
        self.position = 0

    def on_leave(self, amount):
        self.score = self.position = 0


class Session(Player):
    __slots__ = ("handlers",)

    def __init__(self, number):
        super().__init__(number)
        self.handlers = {
            "move": self.on_move,
            "attack": self.on_attack,
            "chat": self.on_chat,
            "trade": self.on_trade,
            "rest": self.on_rest,
            "leave": self.on_leave,
        }

    def dispatch(self, command, amount):
        self.handlers[command](amount)


class TableSession(Player):
    __slots__ = ()
    HANDLERS = {command: getattr(Player, f"on_{command}") for command in COMMANDS}

    def dispatch(self, command, amount):
        self.HANDLERS[command](self, amount)


def play(session_class):
    sessions = [session_class(number) for number in range(SESSIONS)]
    for session in sessions:
        for turn in range(24):
            session.dispatch(COMMANDS[(session.number + turn) % 6], 3 + turn)
    print("sessions", len(sessions), "score", sum(session.score for session in sessions))
    return sessions


@case("oo 12 game sessions")
class _:
    def bad():
        return play(Session)

    def good():
        return play(TableSession)


if __name__ == "__main__":
    kept = run()
