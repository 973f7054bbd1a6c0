import os

from rich.console import Console

from harness import case, run

BERTHS = 36


class Board:
    """Shows, hour after hour, which ship lies at which berth."""

    def __init__(self, console):
        self.console = console
        self.hours = 0
        self.moved = 0

    def lines(self, hour):
        for berth in range(BERTHS):
            ship = (berth * 7 + hour // 5 * 3) % 211
            self.moved += ship % 2
            yield (f"B{berth:02d} Vessel-{ship:03d} {('NL', 'NO', 'PT')[ship % 3]} "
                   f"draught={4 + ship % 90 / 10:.1f} leaves={(hour + ship) % 24:02d}:00")

    def show(self, hour):
        self.hours += 1
        self.console.rule(f"Hour {hour}")
        self.console.print("\n".join(self.lines(hour)))


def open_console(stream):
    return Console(file=stream, width=90, force_terminal=True, color_system="truecolor", record=True)


def open_plain_console(stream):
    return Console(file=stream, width=90, force_terminal=True, color_system="truecolor")


def watch(opened):
    with open(os.devnull, "w") as stream:
        board = Board(opened(stream))
        for hour in range(520):
            board.show(hour)
    print("hours", board.hours, "moved", board.moved)
    return board


@case("ss 07 harbour board")
class _:
    def bad():
        return watch(open_console)

    def good():
        return watch(open_plain_console)


if __name__ == "__main__":
    kept = run()
