import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def _orders():
    import sqlalchemy as sa
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
    class Base(DeclarativeBase): pass
    class Order(Base):
        __tablename__='orders'
        id: Mapped[int]=mapped_column(primary_key=True)
        total: Mapped[float]; customer: Mapped[str]; street: Mapped[str]; city: Mapped[str]; note: Mapped[str]
    e=sa.create_engine(f'sqlite:///{D}/orders-p.db')
    if not sa.inspect(e).has_table('orders'):
        Base.metadata.create_all(e)
        with e.begin() as c:
            c.execute(sa.insert(Order),[{'total':i*1.5,'customer':f'customer {i}','street':f'{i} long street','city':f'city {i%90}','note':f'note {i}'} for i in range(60_000)])
    return e,Order


@case('53 mapped entity loaded for two columns')
class _:
    def setup(): global ORDERS; ORDERS=_orders()
    def bad():
        import sqlalchemy as sa
        from sqlalchemy.orm import Session
        e,Order=ORDERS; s=Session(e)
        orders=s.scalars(sa.select(Order)).all()
        return s,orders,sum(o.total for o in orders)
    def good():
        import sqlalchemy as sa
        from sqlalchemy.orm import Session
        e,Order=ORDERS; s=Session(e)
        orders=s.execute(sa.select(Order.id,Order.total)).all()
        return s,orders,sum(o.total for o in orders)


if __name__ == "__main__":
    kept = run()
