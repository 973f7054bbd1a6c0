import json
import random
from dataclasses import dataclass

from harness import case, run


@dataclass(frozen=True, slots=True)
class Rejection:
    """An upload that could not be read, for the evening's mail to its sender."""

    station: int
    reason: object

    def line(self):
        return f"station {self.station:03d}: {self.reason}"


class UploadDesk:
    def __init__(self):
        self.points = 0
        self.rejections = []

    def accept(self, station, body):
        try:
            upload = json.loads(body)
        except json.JSONDecodeError as error:
            self.reject(station, error)
        else:
            self.points += len(upload["chart"]) // 2

    def reject(self, station, error):
        self.rejections.append(Rejection(station, error.with_traceback(None)))

    def mail(self):
        return "\n".join(rejection.line() for rejection in self.rejections)


class TerseUploadDesk(UploadDesk):
    def reject(self, station, error):
        self.rejections.append(Rejection(station, str(error)))


class Stations:
    """Weather stations on bad lines: every second upload breaks off."""

    def __init__(self, count, seed=1010):
        self.count = count
        self.rng = random.Random(seed)

    def uploads(self):
        for station in range(self.count):
            chart = self.rng.randbytes(180_000).hex()
            body = f'{{"station": {station}, "chart": "{chart}", "valid": true}}'
            if station % 2:
                body = body[:-1 - station]
            yield station, body


def evening(desk):
    for station, body in Stations(400).uploads():
        desk.accept(station, body)
    mail = desk.mail()
    print("points", desk.points, "rejected", len(desk.rejections), "mail", len(mail))
    return desk


@case("rr 10 sensor uploads")
class _:
    def bad():
        return evening(UploadDesk())

    def good():
        return evening(TerseUploadDesk())


if __name__ == "__main__":
    kept = run()
