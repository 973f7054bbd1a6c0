"""A daemon that polls devices and writes their state through the Django ORM."""
import json
import os
import tempfile

import django
from django.conf import settings

from harness import case, run


def configure(debug):
    folder = tempfile.mkdtemp(prefix="poller")
    settings.configure(
        DEBUG=debug, INSTALLED_APPS=[], USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3",
                               "NAME": os.path.join(folder, "devices.sqlite3")}})
    django.setup()
    from django.db import connection, models

    class Device(models.Model):
        serial = models.CharField(max_length=30)
        state = models.TextField(default="")
        polls = models.IntegerField(default=0)

        class Meta:
            app_label = "fleet"

    with connection.schema_editor() as editor:
        editor.create_model(Device)
    return Device


def read_state(serial, round_number):
    samples = bytes((round_number * 31 + n * 17) % 251 for n in range(256)) * 80
    return json.dumps({"serial": serial, "round": round_number, "samples": samples.hex()})


class Poller:
    def __init__(self, model, serials):
        self.model = model
        self.ids = {serial: model.objects.create(serial=serial).pk for serial in serials}

    def poll(self, round_number):
        from django.db import transaction
        from django.db.models import F
        with transaction.atomic():
            for serial, pk in self.ids.items():
                self.model.objects.filter(pk=pk).update(
                    state=read_state(serial, round_number), polls=F("polls") + 1)

    def run(self, rounds):
        for round_number in range(rounds):
            self.poll(round_number)
        states = list(self.model.objects.order_by("serial").values_list("serial", "polls", "state"))
        size = sum(len(state) for _, _, state in states)
        print(f"{len(states)} devices, {sum(polls for _, polls, _ in states)} polls, {size} bytes of state")


def start(debug):
    model = configure(debug)
    Poller(model, [f"dev-{n:03d}" for n in range(50)]).run(rounds=45)


@case("ab 05 device poller")
class _:
    def bad():
        start(debug=True)

    def good():
        start(debug=False)


if __name__ == "__main__":
    kept = run()
