from marshmallow import Schema, ValidationError, fields, validate

from harness import case, run

QUESTIONS = (
    ("age", "number"), ("city", "text"), ("mail", "mail"), ("visits", "number"), ("comment", "text"),
    ("rating", "scale"), ("again", "yesno"), ("reason", "text"), ("source", "text"), ("score", "scale"),
)


def field(kind):
    if kind == "number":
        return fields.Integer(required=True, validate=validate.Range(min=0))
    if kind == "mail":
        return fields.Email(required=True)
    if kind == "scale":
        return fields.Integer(required=True, validate=validate.Range(1, 5))
    if kind == "yesno":
        return fields.Boolean(required=True)
    return fields.String(required=True)


def schema_for(form, questions):
    return type(f"Form{form}Schema", (Schema,), {name: field(kind) for name, kind in questions})


def plain_schema_for(form, questions):
    return Schema.from_dict({name: field(kind) for name, kind in questions}, name=f"Form{form}Schema")


class Intake:
    """Checks the answers that come in against the form as its owner drew it up."""

    def __init__(self, make_schema):
        self.make_schema = make_schema
        self.accepted = 0
        self.faults = 0

    def receive(self, form, answers):
        questions = QUESTIONS[:6 + form % 5]
        schema = self.make_schema(form, questions)()
        try:
            schema.load({name: answers[name] for name, _ in questions})
        except ValidationError as error:
            self.faults += len(error.messages)
        else:
            self.accepted += 1


def answers_to(form):
    return {
        "age": form % 80, "city": "Ghent", "mail": f"guest{form}@example.org", "visits": form % 7, "comment": "",
        "rating": form % 6, "again": True, "reason": "holiday", "source": "friend", "score": form % 5 + 1,
    }


def season(make_schema, forms=3_400):
    intake = Intake(make_schema)
    for form in range(forms):
        intake.receive(form, answers_to(form))
    print("accepted", intake.accepted, "faults", intake.faults)
    return intake


@case("rr 01 form answers")
class _:
    def bad():
        return season(schema_for)

    def good():
        return season(plain_schema_for)


if __name__ == "__main__":
    kept = run()
