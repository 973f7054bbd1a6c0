"""Imports of partner files: each upload declares its own columns, rows are checked against them."""
import random

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from harness import case, run

KINDS = {
    "text": lambda: fields.String(required=True, validate=validate.Length(max=40)),
    "count": lambda: fields.Integer(required=True, validate=validate.Range(min=0)),
    "amount": lambda: fields.Float(load_default=0.0),
    "flag": lambda: fields.Boolean(load_default=False),
}


class BaseImport(Schema):
    class Meta:
        unknown = EXCLUDE


class UploadImport(Schema):
    class Meta:
        unknown = EXCLUDE
        register = False


class Upload:
    def __init__(self, number, rng):
        self.number = number
        self.columns = {f"{kind}_{n}": kind for n, kind in enumerate(rng.choices(list(KINDS), k=12))}
        self.rows = [self.row(rng) for _ in range(4)]

    def row(self, rng):
        made = {"text": lambda: "x" * rng.randint(30, 42), "count": lambda: rng.randint(-1, 60),
                "amount": rng.random, "flag": lambda: rng.choice((True, False))}
        return {name: made[kind]() for name, kind in self.columns.items()}


class Importer:
    def __init__(self, base):
        self.base = base
        self.accepted = 0
        self.rejected = 0

    def schema_for(self, upload):
        declared = {name: KINDS[kind]() for name, kind in upload.columns.items()}
        return type(f"Upload{upload.number}Schema", (self.base,), declared)()

    def load(self, upload):
        schema = self.schema_for(upload)
        for row in upload.rows:
            try:
                schema.load(row)
                self.accepted += 1
            except ValidationError:
                self.rejected += 1


def work(base, uploads=4000):
    importer, rng = Importer(base), random.Random(5)
    for number in range(uploads):
        importer.load(Upload(number, rng))
    print(f"accepted {importer.accepted} rejected {importer.rejected}")
    return importer


@case("xx 05 partner imports")
class _:
    def bad():
        return work(BaseImport)

    def good():
        return work(UploadImport)


if __name__ == "__main__":
    kept = run()
