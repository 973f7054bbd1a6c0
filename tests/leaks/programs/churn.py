CODE, HOLDER = "", ""
import json


def clean():
    rows = [json.loads(json.dumps({"a": i, "b": [i] * 5})) for i in range(500)]
    assert rows
