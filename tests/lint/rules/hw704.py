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
