import time
import weakref

from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, event, func, select
from sqlalchemy.pool import StaticPool

from harness import case, run

metadata = MetaData()
orders = Table(
    "orders",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer", String(40)),
    Column("state", String(10)),
    Column("cents", Integer),
    Column("items", Integer),
)


class EngineTracer:
    """Counts statements and their time; `uninstrument` takes the hooks off again."""

    hooked = []
    statements = 0
    seconds = 0.0

    def __init__(self, engine):
        self.listen(engine, "before_cursor_execute", self.before)
        self.listen(engine, "after_cursor_execute", self.after)

    def listen(self, engine, name, hook):
        event.listen(engine, name, hook)
        self.hooked.append((engine, name, hook))

    def before(self, conn, cursor, statement, parameters, context, executemany):
        context._started = time.perf_counter()

    def after(self, conn, cursor, statement, parameters, context, executemany):
        EngineTracer.statements += 1
        EngineTracer.seconds += time.perf_counter() - context._started


class RefEngineTracer(EngineTracer):
    def listen(self, engine, name, hook):
        event.listen(engine, name, hook)
        self.hooked.append((weakref.ref(engine), name, hook))


def nightly_report(tenant, tracer):
    engine = create_engine("sqlite://", poolclass=StaticPool)
    tracer(engine)
    found = 0
    with engine.begin() as conn:
        metadata.create_all(conn)
        conn.execute(orders.insert(), [
            {"customer": "c%d" % (n % 5), "state": "open" if n % 3 else "paid", "cents": n * tenant % 997, "items": n % 4}
            for n in range(20)
        ])
        for column in orders.c:
            for other in orders.c:
                query = select(column, func.sum(orders.c.cents)).where(other.is_not(None)).group_by(column)
                found += len(conn.execute(query.order_by(other)).all())
    engine.dispose()
    return found


def all_tenants(count, tracer):
    total = sum(nightly_report(tenant, tracer) for tenant in range(1, count + 1))
    print(total, EngineTracer.statements)


@case("zz 02 engine tracer")
class _:
    def bad():
        all_tenants(150, EngineTracer)

    def good():
        all_tenants(150, RefEngineTracer)


if __name__ == "__main__":
    kept = run()
