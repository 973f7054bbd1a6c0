import heapq
from itertools import count

from harness import case, run

PLAYERS = 2000
TICKS = 200
TICK = 5.0
IDLE_LIMIT = 900.0


class IdleTimer:
    __slots__ = ("player", "armed")

    def __init__(self, player):
        self.player = player
        self.armed = True


class Presence:
    """Throws players out of the lobby who have not been heard of for a quarter of an hour."""

    def __init__(self):
        self.queue = []
        self.serial = count()
        self.players = {}
        self.kicked = []

    def heartbeat(self, player, now):
        timer = self.players.get(player)
        if timer is not None:
            timer.armed = False
        timer = IdleTimer(player)
        self.players[player] = timer
        heapq.heappush(self.queue, (now + IDLE_LIMIT, next(self.serial), timer))

    def tick(self, now):
        while self.queue and self.queue[0][0] <= now:
            timer = heapq.heappop(self.queue)[2]
            if timer.armed:
                del self.players[timer.player]
                self.kicked.append(timer.player)


class LobbyPresence(Presence):
    def heartbeat(self, player, now):
        if player not in self.players:
            heapq.heappush(self.queue, (now + IDLE_LIMIT, player))
        self.players[player] = now

    def tick(self, now):
        while self.queue and self.queue[0][0] <= now:
            player = self.queue[0][1]
            deadline = self.players[player] + IDLE_LIMIT
            if deadline > now:
                heapq.heapreplace(self.queue, (deadline, player))
            else:
                heapq.heappop(self.queue)
                del self.players[player]
                self.kicked.append(player)


def evening(presence):
    for tick in range(TICKS):
        now = tick * TICK
        for player in range(PLAYERS):
            if player % 40 or tick < 10:
                presence.heartbeat(player, now)
        presence.tick(now)
    print("online", len(presence.players), "kicked", len(presence.kicked), sorted(presence.kicked)[:4])
    return presence


@case("uu 19 lobby presence")
class _:
    def bad():
        return evening(Presence())

    def good():
        return evening(LobbyPresence())


if __name__ == "__main__":
    kept = run()
