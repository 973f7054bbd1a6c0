"""A form service: each tenant describes its form, answers are checked against it."""
import random

from marshmallow import Schema, ValidationError, fields, validate

from harness import case, run

KINDS = {
    "text": lambda: fields.String(required=True, validate=validate.Length(max=80)),
    "count": lambda: fields.Integer(required=True, validate=validate.Range(min=0)),
    "share": lambda: fields.Float(load_default=0.0),
    "agreed": lambda: fields.Boolean(load_default=False),
}


def form_of(tenant):
    rng = random.Random(tenant)
    return {f"q{n}": rng.choice(sorted(KINDS)) for n in range(14)}


def answers_to(form, tenant):
    values = {"text": f"answer {tenant}", "count": tenant, "share": 0.5, "agreed": True}
    return {question: values[kind] for question, kind in form.items()}


class FormService:
    def __init__(self):
        self.accepted = 0
        self.rejected = 0

    def members(self, form):
        return {question: KINDS[kind]() for question, kind in form.items()}

    def schema_for(self, tenant, form):
        return type(f"Tenant{tenant}Form", (Schema,), self.members(form))()

    def submit(self, tenant):
        form = form_of(tenant)
        schema = self.schema_for(tenant, form)
        try:
            schema.load(answers_to(form, tenant))
            self.accepted += 1
        except ValidationError:
            self.rejected += 1


class UnlistedFormService(FormService):
    def schema_for(self, tenant, form):
        members = self.members(form)
        members["Meta"] = type("Meta", (Schema.Meta,), {"register": False})
        return type(f"Tenant{tenant}Form", (Schema,), members)()


def serve(service, tenants=2000):
    for tenant in range(tenants):
        service.submit(tenant)
    print(service.accepted, service.rejected)
    return service


@case("ww 03 form schema")
class _:
    def bad():
        return serve(FormService())

    def good():
        return serve(UnlistedFormService())


if __name__ == "__main__":
    kept = run()
