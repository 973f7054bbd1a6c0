import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build_lines(path):
    with open(path, "w") as out:
        for number in range(260_000):
            out.write(json.dumps({"device": f"d{number % 5000}", "seq": number, "level": number % 100, "unit": "dBm",
                                  "note": "regular report"}) + "\n")


@case('26 posted lines read as one text')
class _:
    def setup():
        import flask
        fixture("k_reports.ndjson", build_lines)

    def bad():
        from flask import Flask, request

        app = Flask("intake")

        @app.post("/reports")
        def reports():
            accepted = levels = 0
            for line in request.get_data(as_text=True).splitlines():
                report = json.loads(line)
                accepted += 1
                levels += report["level"]
            return {"accepted": accepted, "levels": levels}

        path = os.path.join(D, "k_reports.ndjson")
        with open(path, "rb") as body:
            response = app.test_client().post("/reports", input_stream=body, content_type="application/x-ndjson",
                                              content_length=os.path.getsize(path))
        print(response.get_json())
        return app

    def good():
        import io
        from flask import Flask, request

        app = Flask("intake")

        @app.post("/reports")
        def reports():
            accepted = levels = 0
            for line in io.BufferedReader(request.stream):
                report = json.loads(line)
                accepted += 1
                levels += report["level"]
            return {"accepted": accepted, "levels": levels}

        path = os.path.join(D, "k_reports.ndjson")
        with open(path, "rb") as body:
            response = app.test_client().post("/reports", input_stream=body, content_type="application/x-ndjson",
                                              content_length=os.path.getsize(path))
        print(response.get_json())
        return app


if __name__ == "__main__":
    kept = run()
