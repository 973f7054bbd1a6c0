"""A form service: the schema of a submission is made from the form's own definition."""
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from harness import case, run

KINDS = {
    "text": lambda: fields.String(required=True, validate=validate.Length(max=80)),
    "number": lambda: fields.Integer(required=True, validate=validate.Range(min=0, max=500)),
    "date": lambda: fields.Date(required=True),
    "flag": lambda: fields.Boolean(load_default=False),
}


class Forms:
    """Definitions as the database holds them."""

    def get(self, form_id):
        kinds = list(KINDS)
        return {f"field_{n}": kinds[(form_id + n) % 4] for n in range(8)}


def sample(definition, form_id):
    values = {"text": "abc", "number": str(form_id % 700), "date": "2024-05-17", "flag": "true"}
    return {name: values[kind] for name, kind in definition.items()}


def form_schema(form_id, definition):
    attrs = {name: KINDS[kind]() for name, kind in definition.items()}
    attrs["Meta"] = type("Meta", (), {"unknown": EXCLUDE})
    return type(f"Form{form_id}Schema", (Schema,), attrs)


def unlisted_form_schema(form_id, definition):
    attrs = {name: KINDS[kind]() for name, kind in definition.items()}
    attrs["Meta"] = type("Meta", (), {"unknown": EXCLUDE, "register": False})
    return type(f"Form{form_id}Schema", (Schema,), attrs)


class FormService:
    def __init__(self, make_schema):
        self.forms = Forms()
        self.make_schema = make_schema
        self.accepted = 0
        self.refused = 0

    def submit(self, form_id):
        definition = self.forms.get(form_id)
        schema = self.make_schema(form_id, definition)()
        try:
            schema.load(sample(definition, form_id))
            self.accepted += 1
        except ValidationError:
            self.refused += 1


def serve(make_schema, submissions):
    service = FormService(make_schema)
    for form_id in range(submissions):
        service.submit(form_id)
    print(service.accepted, service.refused)
    return service


@case("yy 12 form schemas")
class _:
    def bad():
        return serve(form_schema, 2600)

    def good():
        return serve(unlisted_form_schema, 2600)


if __name__ == "__main__":
    kept = run()
