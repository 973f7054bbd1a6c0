from array import array
import json
import random

from pydantic import BaseModel, Field

from harness import case, fixture, run

LINES = 140_000


class Reading(BaseModel):
    sensor: int = Field(ge=0)
    time: int
    temperature: float = Field(gt=-90, lt=70)
    humidity: float = Field(ge=0, le=100)
    battery: float


def build(path):
    rng = random.Random(2)
    with open(path, "w") as out:
        for k in range(LINES):
            row = {"sensor": rng.randrange(500), "time": 1_690_000_000 + 7 * k,
                   "temperature": round(rng.gauss(12, 8), 2), "humidity": round(rng.uniform(0, 100), 1),
                   "battery": round(rng.uniform(2.9, 4.2), 3)}
            out.write(json.dumps(row) + "\n")


def report(temperature, humidity, sensor):
    hot = sum(1 for t in temperature if t > 25)
    damp = sum(1 for h in humidity if h > 90)
    print("hot", hot, "damp", damp, "of sensor 17:", sum(1 for s in sensor if s == 17))


@case("vv 09 validated sensor readings")
class _:
    path = None

    def setup():
        _.path = fixture("vv09_readings.jsonl", build)

    def bad():
        readings = []
        with open(_.path) as lines:
            for line in lines:
                readings.append(Reading.model_validate_json(line))
        report((r.temperature for r in readings), (r.humidity for r in readings), (r.sensor for r in readings))
        return readings

    def good():
        sensor, time = array("i"), array("q")
        temperature, humidity, battery = array("d"), array("d"), array("d")
        with open(_.path) as lines:
            for line in lines:
                reading = Reading.model_validate_json(line)
                sensor.append(reading.sensor)
                time.append(reading.time)
                temperature.append(reading.temperature)
                humidity.append(reading.humidity)
                battery.append(reading.battery)
        report(temperature, humidity, sensor)
        return sensor, time, temperature, humidity, battery


if __name__ == "__main__":
    kept = run()
