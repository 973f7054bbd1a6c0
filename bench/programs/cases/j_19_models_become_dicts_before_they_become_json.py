import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('19 models become dicts before they become json')
class _:
    def setup():
        global Leg, Trip, load_trips
        import datetime
        from pydantic import BaseModel

        class Leg(BaseModel):
            origin: str
            destination: str
            departure: datetime.datetime
            arrival: datetime.datetime
            platform: int
            seat: str

        class Trip(BaseModel):
            number: int
            legs: list[Leg]

        def load_trips(count):
            start = datetime.datetime(2026, 3, 1, 6)
            minutes = [start + datetime.timedelta(minutes=n) for n in range(1500)]
            stations = [f'Station {n:03d}' for n in range(120)]
            seats = [f'{n}A' for n in range(80)]
            timetable = [Leg.model_construct(origin=stations[n % 120], destination=stations[(n + 1) % 120],
                                             departure=minutes[n * 7 % 1400], arrival=minutes[n * 7 % 1400 + 50],
                                             platform=n % 12 + 1, seat=seats[n % 80]) for n in range(2400)]
            return [Trip.model_construct(number=n, legs=[timetable[(n * 11 + k * 240) % 2400] for k in range(10)])
                    for n in range(count)]

    def bad():
        class JsonResponse:
            def __init__(self, content):
                self.body = json.dumps(content, ensure_ascii=False, separators=(',', ':')).encode('utf-8')

        def list_trips(trips):
            return JsonResponse([trip.model_dump(mode='json') for trip in trips])

        trips = load_trips(13_000)
        response = list_trips(trips)
        print(len(response.body), response.body[-60:].decode())
        return trips, response

    def good():
        from pydantic import TypeAdapter

        class JsonResponse:
            def __init__(self, body):
                self.body = body

        def list_trips(trips):
            return JsonResponse(TypeAdapter(list[Trip]).dump_json(trips))

        trips = load_trips(13_000)
        response = list_trips(trips)
        print(len(response.body), response.body[-60:].decode())
        return trips, response


if __name__ == "__main__":
    kept = run()
