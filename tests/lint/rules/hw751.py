# sized
import csv
import numpy as np
from collections import Counter
def newest(db):
    return db.execute("select a from t order by a").fetchall()[0]  # expect: HW751
def few(cursor):
    rows = cursor.fetchall()  # expect: HW751
    return rows[:10]
def tail(path, n):
    with open(path) as file:
        return file.readlines()[-n:]  # expect: HW751
def header(path):
    with open(path) as file:
        return list(csv.reader(file))[0]  # expect: HW751
def matching(rows):
    return [row for row in rows if row.good][0]  # expect: HW751
def cheapest(rows):
    return sorted(rows, key=lambda row: row.cost)[0]  # expect: HW751
def largest(values):
    order = np.argsort(values)  # expect: HW751
    return order[-1], np.sort(values)[-1]  # expect: HW751
def words(counts: Counter):
    return counts.most_common()[:10]  # expect: HW751
def best(table):
    top = table.sort_values("cost", ascending=False).head(10)  # expect: HW751
    return top, table.sort_values("cost").iloc[0]  # expect: HW751
def kept(cursor):
    rows = cursor.fetchall()
    print(rows[0])
    return rows
def median(values):
    return sorted(values)[len(values) // 2], np.sort(values)[10]
def several(rows):
    ordered = sorted(rows)
    return ordered[0], ordered[-1]
def column(table):
    return table.sort_values("cost")["cost"], np.sort(table, axis=0)[-1]
def rest(path):
    with open(path) as file:
        return file.readlines()[1:]
def few_words(counts):
    return counts.most_common(10)[0]
def smallest(table):
    return table.nsmallest(10, "cost")
