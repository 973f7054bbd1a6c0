# sized
def rows(frame):
    for row in frame.to_dict("records"):  # expect: HW718
        print(row["a"])
    return sum(value for value in frame["b"].tolist())  # expect: HW718
def named(frame):
    found = frame.to_dict(orient="records")  # expect: HW718
    return sum(row["a"] for row in found)
def kept(frame):
    found = []
    for row in frame.to_dict("records"):
        found.append(row)
    return found, frame.a.tolist()
def columns(frame):
    for name in frame.to_dict():
        print(name)
def twice(array):
    values = array.tolist()
    return sum(values) / len(values)
def _rows(table):
    return table.to_pylist()  # expect: HW718
def _by_region(rows):
    found = {}
    for row in rows:
        found[row["region"]] = found.get(row["region"], 0) + row["amount"]
    return found
def _total(rows):
    return sum(row["amount"] for row in rows)
def _values(array):
    return array.tolist()
def _indexed(table):
    return table.to_dict("records")
def _handed(table):
    return table.to_dict("records")
def report(table, array):
    rows = _rows(table)
    print(_by_region(rows), _total(rows), len(rows))
    values = _values(array)
    print(sum(values) / len(values))
    other = _indexed(table)
    print(_total(other), other[0])
    third = _handed(table)
    print(_total(third), foreign(third))
def several(array):
    values = array.tolist()  # expect: HW718
    return sum(values), max(values)
def of_others(names, util):
    for name in util.to_list(names):
        print(name)
def written(frame, base, collection, sql):
    base.executemany(sql, frame.to_dict("records"))  # expect: HW718
    rows = frame.to_dict(orient="records")  # expect: HW718
    collection.insert_many(rows)
    base.execute(sql, frame.to_dict("records"))  # expect: HW718
    collection.insert_one(frame.to_dict("records"))
    base.execute(sql, frame.a.tolist())
def _all(frame):
    return frame.to_dict("records")  # expect: HW718
def _kept(frame):
    return frame.to_dict("records")
def _parts(frame):
    for start in range(0, len(frame), 1000):
        yield from frame[start : start + 1000].to_dict("records")
def _import(base, sql, frame, records):
    base.executemany(sql, records(frame))
def _hold(frame, records, kept):
    kept.append(records)
    return records(frame)
def by_functions(base, sql, frame, kept):
    _import(base, sql, frame, _all)
    _import(base, sql, frame, records=_parts)
    base.executemany(sql, _hold(frame, _kept, kept))
