"""Replays a day of a game server's traffic and bills the time that players spent."""
from harness import case, run

ACTIONS = ("login", "move", "trade", "chat", "craft", "logout")


class Action:
    __slots__ = ("kind", "at", "detail")

    def __init__(self, kind, at, detail):
        self.kind = kind
        self.at = at
        self.detail = detail


class Session:
    def __init__(self, player, started, actions=[]):
        self.player = player
        self.started = started
        self.ended = started
        self.actions = actions
        self.trades = 0

    def record(self, kind, at, detail):
        self.actions.append(Action(kind, at, detail))
        self.ended = at
        if kind == "trade":
            self.trades += 1

    def last_action(self):
        return self.actions[-1].kind

    def bill(self):
        return (self.ended - self.started) * 2 + self.trades * 15


class FreshSession(Session):
    def __init__(self, player, started, actions=None):
        super().__init__(player, started, [] if actions is None else actions)


def replay(session, steps):
    """What the player did, from the wire log."""
    at = session.started
    for step in range(steps):
        at += 1 + (session.player * step) % 9
        kind = ACTIONS[(session.player + step) % len(ACTIONS)]
        session.record(kind, at, f"{kind} by player {session.player} in zone {step % 40}, tick {at}")
    return session


class Billing:
    def __init__(self, session_class):
        self.session_class = session_class
        self.owed = {}
        self.clean_exits = 0

    def day(self, players, steps=120):
        for player in players:
            session = replay(self.session_class(player, player * 3), steps)
            self.owed[player] = session.bill()
            self.clean_exits += session.last_action() == "logout"

    def __str__(self):
        return f"{len(self.owed)} players owe {sum(self.owed.values())}, {self.clean_exits} left properly"


def bill_day(session_class):
    billing = Billing(session_class)
    billing.day(range(4000))
    print(billing)
    return billing


@case("ac 10 player sessions")
class _:
    def bad():
        return bill_day(Session)

    def good():
        return bill_day(FreshSession)


if __name__ == "__main__":
    kept = run()
