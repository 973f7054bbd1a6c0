import time

from harness import case, run


class RowValidator:
    def __init__(self, table, problems=[]):
        self.table = table
        self.problems = problems

    def check(self, row):
        if row["quantity"] < 0:
            self.report(row, "quantity", "must not be negative: %d" % row["quantity"])
        if not row["email"]:
            self.report(row, "email", "missing in row %d" % row["id"])
        return row["quantity"] >= 0 and bool(row["email"])

    def report(self, row, field, message):
        self.problems.append({"table": self.table, "id": row["id"], "field": field, "message": message})


class OwnListValidator(RowValidator):
    def __init__(self, table, problems=None):
        super().__init__(table, [] if problems is None else problems)


def read_rows(batch):
    for n in range(batch * 1000, batch * 1000 + 1000):
        yield {"id": n, "quantity": n % 7 - 3, "email": "" if n % 5 == 0 else "a@b.example"}


def import_batches(validator_class):
    accepted = 0
    for batch in range(320):
        validator = validator_class("orders")
        accepted += sum(validator.check(row) for row in read_rows(batch))
    time.sleep(0.2)
    print("accepted", accepted)


@case("nn 07 row validator")
class _:
    def bad():
        import_batches(RowValidator)

    def good():
        import_batches(OwnListValidator)


if __name__ == "__main__":
    kept = run()
