import numpy as np
from harness import case, run
from pydantic import BaseModel


class Reading(BaseModel):
    sensor: int
    hour: int
    temperature: float
    humidity: float
    pressure: float
    battery: float


def messages():
    for i in range(60_000):
        yield {
            "sensor": i % 200,
            "hour": i // 200,
            "temperature": 20 + i % 7 * 0.5,
            "humidity": 40 + i % 11 * 0.5,
            "pressure": 1000 + i % 13 * 0.5,
            "battery": 3 + i % 3 * 0.25,
        }


@case("tt 11 models kept")
class _:
    def bad():
        readings = [Reading.model_validate(m) for m in messages()]
        print(len(readings), sum(r.temperature for r in readings))
        return readings

    def good():
        fields = [(name, "i4" if name in ("sensor", "hour") else "f4") for name in Reading.model_fields]
        readings = np.empty(60_000, dtype=fields)
        for i, message in enumerate(messages()):
            reading = Reading.model_validate(message)
            readings[i] = tuple(value for _, value in reading)
        print(len(readings), float(readings["temperature"].sum(dtype=np.float64)))
        return readings


if __name__ == "__main__":
    kept = run()
