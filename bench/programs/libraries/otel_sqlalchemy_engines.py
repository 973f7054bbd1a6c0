"""Nightly report: opens every tenant's database in turn, with tracing switched on."""
import time

from opentelemetry.instrumentation.sqlalchemy import SQLAlchemyInstrumentor
from opentelemetry.sdk.trace import TracerProvider

provider = TracerProvider()
SQLAlchemyInstrumentor().instrument(tracer_provider=provider)

import sqlalchemy as sa  # noqa: E402  (after the instrumentation, as its manual says)

TENANTS = 350
metadata = sa.MetaData()
invoices = sa.Table(
    "invoice", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("customer", sa.String(40)),
    sa.Column("cents", sa.Integer),
    sa.Column("tax", sa.Integer),
    sa.Column("days", sa.Integer),
    sa.Column("items", sa.Integer),
)


def open_tenant(number):
    engine = sa.create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(invoices.insert(), [
            {"customer": "customer %d" % (i % 9), "cents": number * i % 5000, "tax": i % 19,
             "days": i % 60, "items": i % 7} for i in range(20)])
    return engine


def report(engine):
    """One table for each measure: sum, largest and average of every customer."""
    lines = 0
    with engine.connect() as connection:
        for name in ("cents", "tax", "days", "items"):
            column = invoices.c[name]
            query = (sa.select(invoices.c.customer, sa.func.sum(column), sa.func.max(column), sa.func.avg(column))
                     .where(column >= 0).group_by(invoices.c.customer).order_by(invoices.c.customer))
            lines += len(connection.execute(query).all())
    return lines


def main():
    lines = 0
    for number in range(TENANTS):
        engine = open_tenant(number)
        lines += report(engine)
        engine.dispose()
        del engine
    print("tenants", TENANTS, "lines", lines)
    time.sleep(0.3)


main()
