"""Form gateway: partners send a form schema with each batch of entries; entries are checked with pydantic models."""
import json
import random
import sys

from pydantic import Field, ValidationError, create_model

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
KINDS = {"int": int, "float": float, "text": str, "flag": bool}


class ModelRegistry:
    """Building a model is dear, so models are kept by their schema."""

    def __init__(self):
        self.models = {}

    def key_bad(self, schema):
        return json.dumps(schema, sort_keys=True)

    def key_good(self, schema):
        return json.dumps([schema["form"], schema["version"], schema["fields"]], sort_keys=True)

    def build(self, schema):
        fields = {}
        for spec in schema["fields"]:
            limits = {k: spec[k] for k in ("ge", "le", "max_length") if k in spec}
            fields[spec["name"]] = (KINDS[spec["kind"]], Field(**limits))
        return create_model(schema["form"], **fields)

    def get(self, schema):
        key = self.key_bad(schema) if ARM == "bad" else self.key_good(schema)
        model = self.models.get(key)
        if model is None:
            model = self.models[key] = self.build(schema)
        return model


class Gateway:
    def __init__(self):
        self.registry = ModelRegistry()
        self.accepted = self.refused = 0
        self.reasons = {}

    def handle(self, raw):
        batch = json.loads(raw)
        model = self.registry.get(batch["schema"])
        for entry in batch["entries"]:
            self.check(model, entry)

    def check(self, model, entry):
        try:
            model.model_validate(entry)
            self.accepted += 1
        except ValidationError as problem:
            self.refused += 1
            for error in problem.errors(include_url=False, include_input=False):
                self.reasons[error["type"]] = self.reasons.get(error["type"], 0) + 1


class Partner:
    """A partner with one form; now and then the form gets a new version."""

    def __init__(self, number, rng):
        self.rng = rng
        self.form = f"Form{number:02d}"
        self.version = 1
        self.fields = [self.make_field(n) for n in range(rng.randrange(14, 30))]

    def make_field(self, n):
        kind = self.rng.choice(list(KINDS))
        spec = {"name": f"f{n}_{self.rng.randrange(1000)}", "kind": kind}
        if kind in ("int", "float"):
            spec |= {"ge": 0, "le": self.rng.randrange(500, 5000)}
        elif kind == "text":
            spec["max_length"] = self.rng.randrange(8, 40)
        return spec

    def value(self, kind):
        rng = self.rng
        if kind == "text":
            return f"{rng.getrandbits(rng.randrange(4, 60)):x}"
        return {"int": rng.randrange(0, 600), "float": rng.uniform(0, 505), "flag": rng.random() < 0.5}[kind]

    def batch(self, clock):
        schema = {"form": self.form, "version": self.version, "fields": self.fields,
                  "exported": f"2026-03-01T{clock // 3600:02d}:{clock // 60 % 60:02d}:{clock % 60:02d}Z"}
        entries = [{s["name"]: self.value(s["kind"]) for s in self.fields} for _ in range(self.rng.randrange(2, 12))]
        return json.dumps({"schema": schema, "entries": entries})


def main():
    rng = random.Random(25)
    partners = [Partner(n, rng) for n in range(12)]
    gateway = Gateway()
    clock = 0
    for _ in range(900):
        clock += rng.randrange(1, 60)
        gateway.handle(rng.choice(partners).batch(clock))
    print("accepted", gateway.accepted, "refused", gateway.refused, sorted(gateway.reasons.items()))
    return gateway


if __name__ == "__main__":
    gateway = main()
