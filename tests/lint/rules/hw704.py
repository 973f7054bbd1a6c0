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
class Orders:
    def __init__(self, session, cursor):
        self.session, self.cursor = session, cursor
    def _every(self):
        return self.session.scalars(select(Item).where(Item.n > 3)).all()  # expect: HW704
    def _rows(self):
        return self.cursor.fetchall()  # expect: HW704
    def _dicts(self):
        self.cursor.execute("select * from t")
        found = [dict(row) for row in self.cursor.fetchall()]  # expect: HW704
        return found
    def _kept(self):
        return self.session.scalars(select(Item)).all()
    def _measured(self):
        return self.cursor.fetchall()
    def _walked_with_queries(self):
        return self.session.query(Item).all()
    def public(self):
        return self.session.query(Item).all()
    def lines_of(self, order):
        return self.session.scalars(select(Line).where(Line.order == order.n)).first()
def _total(orders):
    return sum(order.n for order in orders)
def report(repository):
    orders = repository._every()
    print(_total(orders))
    for row in repository._rows():
        print(row[0])
    kept = repository._kept()
    several = repository._measured()
    print(len(several), _total(several))
    for order in repository._walked_with_queries():
        print(repository.lines_of(order))
    for order in repository.public():
        print(order)
    return kept
def closed_before(connection):
    cursor = connection.cursor()
    cursor.execute("select a from t")
    rows = cursor.fetchall()
    connection.close()
    for row in rows:
        print(row)
def asked_again_before(connection):
    cursor = connection.cursor()
    cursor.execute("select a from t")
    rows = cursor.fetchall()
    cursor.execute("delete from t")
    for row in rows:
        print(row)
def by_the_way(connection):
    cursor = connection.cursor()
    cursor.execute("select a from t")
    rows = cursor.fetchall()  # expect: HW704
    print("begun")
    for row in rows:
        print(row)
def written_by_a_function(connection):
    cursor = connection.cursor()
    cursor.execute("select a from t")
    for row in cursor.fetchall():
        insert(connection, row)
class Rows:
    def walk(self):
        for row in self.results.fetchall():
            self.store(row)
        for row in self.fetchall():
            print(row)
    def store(self, row):
        self.results.execute("insert", row)
    def fetchall(self):
        return self.results.fetchall()
def of_the_schema(connection, name):
    cursor = connection.execute("select name from sqlite_master")
    for row in cursor.fetchall():
        print(row)
    statement = f"pragma table_info({name})"
    columns = connection.execute(statement)
    for row in columns.fetchall():
        print(row)
    cursor.execute("select * from t")
    return sum(row[0] for row in cursor.fetchall())  # expect: HW704


def largest_of_each(connection):
    best, first = {}, {}
    for sensor, at, value in connection.execute("select * from t").fetchall():  # expect: HW704
        if value > best.get(sensor, 0.0):
            best[sensor] = value
    for sensor, at, value in connection.execute("select * from u").fetchall():
        if sensor not in first:
            first[sensor] = value
    for sensor, at, value in connection.execute("select * from v").fetchall():
        if value > 0.0:
            first[sensor] = value
    return best, first
