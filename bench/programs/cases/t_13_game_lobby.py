"""Game lobby (asyncio): players join over flaky links, reconnect and resume; each link has a heartbeat."""
import asyncio
import random
import sys
from collections import deque

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
HEARTBEAT = 45.0
stats = {"pings": 0, "frames": 0, "bytes": 0, "resumed": 0, "dropped": 0}


class Link:
    """One websocket: the outbox keeps what was sent lately so that a resume can replay it."""

    def __init__(self, player_id, number):
        self.player_id = player_id
        self.number = number
        self.outbox = deque(maxlen=240)
        self.open = True

    def send(self, frame):
        self.outbox.append(frame)
        stats["frames"] += 1
        stats["bytes"] += len(frame)

    def ping(self):
        stats["pings"] += 1

    def unacknowledged(self, count):
        return list(self.outbox)[-count:]


class Player:
    def __init__(self, player_id):
        self.player_id = player_id
        self.link = None
        self.beat = None
        self.links_used = 0


class Heart:
    """Starts and stops the heartbeat of a player's link."""

    async def beat(self, link):
        while link is not None:
            link.ping()
            await asyncio.sleep(HEARTBEAT)

    def start_bad(self, player, link):
        player.beat = asyncio.get_running_loop().create_task(self.beat(link))

    def start_good(self, player, link):
        self.stop(player)
        player.beat = asyncio.get_running_loop().create_task(self.beat(link))

    def start(self, player, link):
        if ARM == "bad":
            self.start_bad(player, link)
        else:
            self.start_good(player, link)

    def stop(self, player):
        if player.beat is not None:
            player.beat.cancel()
            player.beat = None


class Lobby:
    def __init__(self):
        self.heart = Heart()
        self.players = {}
        self.rooms = {}

    def connect(self, player_id):
        player = self.players.get(player_id)
        if player is None:
            player = self.players[player_id] = Player(player_id)
            self.rooms.setdefault(player_id % 12, set()).add(player_id)
        player.links_used += 1
        link = Link(player_id, player.links_used)
        if player.link is not None:
            self.resume(player.link, link)
        player.link = link
        self.heart.start(player, link)
        return link

    def resume(self, old, new):
        old.open = False
        for frame in old.unacknowledged(12):
            new.send(frame)
        stats["resumed"] += 1

    def leave(self, player_id):
        player = self.players.pop(player_id)
        self.rooms[player_id % 12].discard(player_id)
        self.heart.stop(player)
        player.link.open = False
        stats["dropped"] += 1


class Match:
    """Makes every player's own view of the board, tick after tick."""

    def __init__(self, rng):
        self.rng = rng

    def play(self, link, ticks):
        for tick in range(ticks):
            view = self.rng.randbytes(self.rng.randint(120, 330))
            link.send(tick.to_bytes(4, "big") + view)


async def evening(lobby, rng, steps):
    match = Match(rng)
    for step in range(steps):
        player_id = rng.randrange(90)
        match.play(lobby.connect(player_id), rng.randint(80, 260))
        if rng.random() < 0.06:
            lobby.leave(player_id)
        if step % 10 == 0:
            await asyncio.sleep(0)
    await asyncio.sleep(0.01)
    return sum(len(room) for room in lobby.rooms.values())


def main():
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(lambda _loop, context: None)
    lobby = Lobby()
    seated = loop.run_until_complete(evening(lobby, random.Random(1313), 2200))
    summary = {key: value for key, value in stats.items() if key != "pings"}
    print(f"seated={seated} players={len(lobby.players)} {summary}")
    return loop, lobby


if __name__ == "__main__":
    SERVER = main()
