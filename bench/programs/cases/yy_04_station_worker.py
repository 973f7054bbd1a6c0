"""A long-running worker that stores what weather stations send and drops what is older than a few rounds."""
import django
from django.conf import settings

from harness import case, run

settings.configure(
    DEBUG=True,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=[],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()

from django import db  # noqa: E402
from django.db import connection, models  # noqa: E402


class Reading(models.Model):
    station = models.CharField(max_length=40)
    round_no = models.IntegerField(db_index=True)
    raw = models.TextField()

    class Meta:
        app_label = "stations"


class Feed:
    def __init__(self, stations):
        self.stations = stations
        self.levels = [f"{n * 13 % 401 / 10:.1f}" for n in range(600)]

    def poll(self, round_no):
        for n in range(self.stations):
            first = (n * 31 + round_no) % 480
            values = " ".join(self.levels[first:first + 120])
            yield Reading(station=f"station-{n:03d}", round_no=round_no, raw=values)


def one_round(feed, round_no):
    Reading.objects.bulk_create(feed.poll(round_no))
    Reading.objects.filter(round_no__lt=round_no - 2).delete()
    latest = Reading.objects.filter(round_no=round_no)
    return sum(len(raw) for raw in latest.values_list("raw", flat=True))


def run_rounds(rounds, after_round):
    feed, seen = Feed(stations=80), 0
    with connection.schema_editor() as editor:
        editor.create_model(Reading)
    for round_no in range(rounds):
        seen += one_round(feed, round_no)
        after_round()
    print(Reading.objects.count(), seen)


def idle():
    pass


def tidy_up():
    db.reset_queries()


@case("yy 04 station worker")
class _:
    def bad():
        return run_rounds(600, idle)

    def good():
        return run_rounds(600, tidy_up)


if __name__ == "__main__":
    kept = run()
