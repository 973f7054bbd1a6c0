import gc
import os
import sys

from harness import CASES, D, case, fixture, run


FIELD_TYPES = ["String", "Integer", "Float", "Boolean", "Date", "Email"]


def form_definitions(n):
    """The forms that customers build in the editor: each has an id and its own questions."""
    for form_id in range(n):
        questions = {}
        for q in range(14):
            questions[f"q{q}"] = FIELD_TYPES[(form_id + q) % len(FIELD_TYPES)]
        yield form_id, questions


def answers(form_id, questions):
    samples = {"String": "yes", "Integer": form_id, "Float": 0.5, "Boolean": True,
               "Date": "2024-03-01", "Email": "someone@example.com"}
    return {name: samples[kind] for name, kind in questions.items()}


def build_schema(form_id, questions, base):
    from marshmallow import fields
    attrs = {}
    for name, kind in questions.items():
        attrs[name] = getattr(fields, kind)(required=True)
    return type(f"Form{form_id}Schema", (base,), attrs)


def submit(form_id, questions, base):
    schema = build_schema(form_id, questions, base)()
    return len(schema.load(answers(form_id, questions)))


@case('03 marshmallow class registry keeps schemas made per request')
class _:
    def setup(): import marshmallow
    def bad():
        from marshmallow import Schema

        class FormSchema(Schema):
            pass

        accepted = 0
        for form_id, questions in form_definitions(2500):
            accepted += submit(form_id, questions, FormSchema)
        return accepted
    def good():
        from marshmallow import Schema

        class FormSchema(Schema):
            class Meta:
                register = False

        accepted = 0
        for form_id, questions in form_definitions(2500):
            accepted += submit(form_id, questions, FormSchema)
        return accepted


if __name__ == "__main__":
    kept = run()
