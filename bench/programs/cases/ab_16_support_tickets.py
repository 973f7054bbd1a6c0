"""Loads the support tickets once and answers questions about them."""
import pandas as pd

from harness import case, fixture, run

TEAMS = [f"support team {name} of the northern region" for name in
         ("billing", "delivery", "returns", "warranty", "accounts", "installation")]
STATES = ["waiting for the customer", "waiting for the supplier", "closed with a solution",
          "closed without a solution", "in the hands of the second level"]
CHANNELS = ["telephone hotline", "contact form of the shop", "message by electronic mail"]
COUNTRIES = [f"country of delivery {n:02d}" for n in range(30)]


def build(path):
    with open(path, "w") as out:
        out.write("ticket,team,state,channel,country,minutes\n")
        for n in range(500_000):
            out.write(f"{n},{TEAMS[n % 6]},{STATES[n // 7 % 5]},{CHANNELS[n // 3 % 3]},"
                      f"{COUNTRIES[n * 11 % 30]},{n * 13 % 240}\n")


class TicketStore:
    columns = {"ticket": "int32", "team": "str", "state": "str", "channel": "str",
               "country": "str", "minutes": "int16"}

    def __init__(self, path):
        self.tickets = pd.read_csv(path, dtype=self.columns)

    def minutes_by(self, column):
        return self.tickets.groupby(column, observed=True)["minutes"].sum()

    def open_tickets(self, country):
        tickets = self.tickets
        waiting = tickets["state"].isin(STATES[:2])
        return int((waiting & (tickets["country"] == country)).sum())


class TicketArchive(TicketStore):
    columns = {"ticket": "int32", "team": "category", "state": "category", "channel": "category",
               "country": "category", "minutes": "int16"}


def answer(store):
    by_team = store.minutes_by("team")
    by_channel = store.minutes_by("channel")
    print(f"{len(store.tickets)} tickets, {by_team.sum()} minutes, most for {by_team.idxmax()} "
          f"and by {by_channel.idxmax()}, open in 07: {store.open_tickets(COUNTRIES[7])}")
    return store


@case("ab 16 support tickets")
class _:
    def bad():
        return answer(TicketStore(fixture("ab_16_tickets.csv", build)))

    def good():
        return answer(TicketArchive(fixture("ab_16_tickets.csv", build)))


if __name__ == "__main__":
    kept = run()
