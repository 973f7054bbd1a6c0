"""Checks the answers to questionnaires; every questionnaire brings its own description of the fields."""
from marshmallow import Schema, ValidationError, fields

from harness import case, run

KINDS = {
    "text": fields.String,
    "number": fields.Integer,
    "mail": fields.Email,
    "flag": fields.Boolean,
}


class Form:
    """What the editor of a questionnaire stored."""

    def __init__(self, number):
        self.number = number
        self.questions = [(f"q{number}_{n}", list(KINDS)[(number + n) % 4], n % 3 == 0) for n in range(9)]

    def answers(self):
        samples = {"text": "as agreed", "number": "17", "mail": "someone@example.org", "flag": "yes"}
        values = {name: samples[kind] for name, kind, _ in self.questions}
        if self.number % 5 == 0:
            del values[self.questions[0][0]]
        return values


def describe(form):
    return {name: KINDS[kind](required=required) for name, kind, required in form.questions}


def schema_of(form):
    return type(f"Form{form.number}Schema", (Schema,), describe(form))


def anonymous_schema_of(form):
    return Schema.from_dict(describe(form), name=f"Form{form.number}Schema")


class FormService:
    def __init__(self, make_schema):
        self.make_schema = make_schema
        self.accepted = 0
        self.missing = 0

    def check(self, form):
        schema = self.make_schema(form)()
        try:
            values = schema.load(form.answers())
        except ValidationError as error:
            self.missing += len(error.messages)
        else:
            self.accepted += len(values) == len(form.questions)

    def __str__(self):
        return f"{self.accepted} forms accepted, {self.missing} answers missing"


def serve(make_schema, forms=6000):
    service = FormService(make_schema)
    for number in range(forms):
        service.check(Form(number))
    print(service)
    return service


@case("ac 23 form service")
class _:
    def bad():
        return serve(schema_of)

    def good():
        return serve(anonymous_schema_of)


if __name__ == "__main__":
    kept = run()
