# sized
def walk(cursor, connection):
    for row in cursor.fetchall():  # expect: HW704
        print(row)
    names = [r[0] for r in connection.execute("select n from t").fetchall()]
    total = sum(r[0] for r in connection.execute("select n from t").fetchall())  # expect: HW704
    for row in cursor.fetchall():
        update(cursor, row)
    kept = {}
    for key, value in cursor.fetchall():
        kept[key] = value
    for row in cursor.fetchall():
        connection.execute("delete")
    rows = cursor.fetchall()
    for row in cursor.execute("pragma table_info(t)").fetchall():
        print(row)
    return rows, names
def mapped(session, engine):
    for item in session.scalars(select(Item)).all():  # expect: HW704
        print(item.name)
    rows = session.query(Item).filter(Item.n > 3).all()  # expect: HW704
    for item in rows:
        print(item.name)
    total = sum(row.n for row in session.execute(select(Item.n)).all())  # expect: HW704
    statement = select(Item).where(Item.n > 3)
    result = session.execute(statement)
    for item in result.scalars().all():  # expect: HW704
        print(item.name)
    for item in Item.query.all():  # expect: HW704
        print(item.name)
    for item in session.execute(sa.select(Item)).all():  # expect: HW704
        print(item.name)
    for item in session.scalars(select(Item)).all():
        session.delete(item)
    kept = session.query(Item).all()
    for item in kept:
        print(item.name)
    return total, kept
async def awaited(session):
    for item in (await session.execute(select(Item))).scalars().all():  # expect: HW704
        print(item.name)
def other(frame, array, names):
    for value in frame.query("a > 3").all():
        print(value)
    for value in (array > 3).all():
        print(value)
    for value in names.all():
        print(value)
    for value in frame.query(names).all():
        print(value)
