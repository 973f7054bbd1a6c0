import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build_events(path):
    with open(path, 'w') as out:
        for n in range(130_000):
            out.write(json.dumps({'vehicle': n % 250, 'route_number': n % 90, 'stop_sequence': n % 40,
                                  'passengers_in': n % 7, 'passengers_out': n % 5, 'doors_open_seconds': n % 25,
                                  'delay_minutes': n % 11, 'battery_percent': n % 100,
                                  'wheelchair_ramp_used': n % 50 == 0}) + '\n')


@case('16 each json line brings its own keys')
class _:
    def setup():
        global EVENTS
        EVENTS = fixture('j_16_events.jsonl', build_events)

    def bad():
        def read_events(path):
            with open(path) as source:
                return [json.loads(line) for line in source]

        def busiest_stop(events):
            boarding = {}
            for event in events:
                stop = event['route_number'], event['stop_sequence']
                boarding[stop] = boarding.get(stop, 0) + event['passengers_in']
            return max(boarding.items(), key=lambda item: (item[1], item[0]))

        events = read_events(EVENTS)
        print(len(events), busiest_stop(events))
        return events

    def good():
        def shared_keys(pairs):
            return {sys.intern(key): value for key, value in pairs}

        def read_events(path):
            with open(path) as source:
                return [json.loads(line, object_pairs_hook=shared_keys) for line in source]

        def busiest_stop(events):
            boarding = {}
            for event in events:
                stop = event['route_number'], event['stop_sequence']
                boarding[stop] = boarding.get(stop, 0) + event['passengers_in']
            return max(boarding.items(), key=lambda item: (item[1], item[0]))

        events = read_events(EVENTS)
        print(len(events), busiest_stop(events))
        return events


if __name__ == "__main__":
    kept = run()
