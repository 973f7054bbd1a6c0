"""Survey service: every published survey has its own form, checked on submission."""
from dataclasses import dataclass

from marshmallow import Schema, ValidationError, fields, validate

from harness import case, run

SURVEYS, QUESTIONS = 2_800, 14


@dataclass
class Question:
    name: str
    kind: str
    options: list


@dataclass
class Survey:
    number: int
    questions: list


class SurveyStore:
    kinds = ("score", "text", "choice")
    def published(self):
        for number in range(SURVEYS):
            questions = [Question(f"q{k}", self.kinds[k % 3], [f"option {n}" for n in range(4)])
                         for k in range(QUESTIONS)]
            yield Survey(number, questions)


class FormBuilder:
    def build(self, survey):
        members = {q.name: self.field_for(q) for q in survey.questions}
        return self.assemble(f"Survey{survey.number}Form", members)

    def field_for(self, question):
        if question.kind == "score":
            return fields.Integer(required=True, validate=validate.Range(1, 5))
        if question.kind == "choice":
            return fields.String(required=True, validate=validate.OneOf(question.options))
        return fields.String(validate=validate.Length(max=400))

    def assemble(self, name, members):
        return type(name, (Schema,), members)


class PlainFormBuilder(FormBuilder):
    def assemble(self, name, members):
        return Schema.from_dict(members, name=name)


class SubmissionDesk:
    def __init__(self, builder):
        self.builder = builder
        self.accepted = self.refused = 0

    def answers(self, survey):
        values = {"score": survey.number % 7, "text": "nothing to add", "choice": "option 2"}
        return {q.name: values[q.kind] for q in survey.questions}

    def receive(self, survey):
        form = self.builder.build(survey)()
        try:
            form.load(self.answers(survey))
            self.accepted += 1
        except ValidationError:
            self.refused += 1


def serve(builder):
    desk = SubmissionDesk(builder)
    for survey in SurveyStore().published():
        desk.receive(survey)
    print(f"{desk.accepted} submissions accepted, {desk.refused} refused")
    return desk


@case("ad 13 survey forms")
class _:
    def bad():
        return serve(FormBuilder())

    def good():
        return serve(PlainFormBuilder())


if __name__ == "__main__":
    kept = run()
