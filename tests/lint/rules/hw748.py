# sized
import csv
import re
import numpy as np
import pandas as pd
from pathlib import Path
from sqlalchemy import select
def dashboard(Order):
    pending = Order.objects.filter(state="open")
    return {"pending": len(pending)}  # expect: HW748
def open_orders(Order):
    if Order.objects.filter(state="open"):  # expect: HW748
        return True
    orders = Order.objects.exclude(state="paid").order_by("id")
    if not orders:  # expect: HW748
        return False
    return bool(Order.objects.all())  # expect: HW748
def listed(user):
    return len(list(user.order_set.all()))  # expect: HW748
def first(Order):
    found = Order.objects.filter(state="open")
    return found[0] if len(found) > 0 else None  # expect: HW748
def summed(Order):
    return sum(1 for _ in Order.objects.values_list("id"))  # expect: HW748
def of_session(session, Item):
    rows = session.scalars(select(Item)).all()  # expect: HW748
    return len(rows)
def has_rows(cursor):
    cursor.execute("select id from items where state = 1")
    if cursor.fetchall():  # expect: HW748
        return True
    return len(cursor.execute("select id from items").fetchall())  # expect: HW748
def rows(table, values, mask):
    print(len(table[table.age > 30]))  # expect: HW748
    adults = table[(table["age"] > 30) & (table["state"] == 1)]  # expect: HW748
    print(adults.shape[0])
    print(len(np.where(mask)[0]), np.argwhere(values > 0).shape[0])  # expect: HW748
    return values[values > 3].size  # expect: HW748
def texts(text, path):
    words = len(text.split())  # expect: HW748
    found = re.findall(r"\d+", text)  # expect: HW748
    with open(path) as file:
        lines = len(file.readlines())  # expect: HW748
    return words, len(found), lines, len(Path(path).read_bytes())  # expect: HW748
def items(path, rows):
    with open(path) as file:
        count = len(list(csv.reader(file)))  # expect: HW748
    if [row for row in rows if row.bad]:  # expect: HW748
        return 0
    return count + len([row for row in rows if row.good])  # expect: HW748
# what is used otherwise as well
def shown(Order, render):
    orders = Order.objects.filter(state="open")
    return render("orders.html", {"orders": orders, "count": len(orders)})
def walked(Order):
    orders = Order.objects.filter(state="open")
    if not orders:
        return 0
    return sum(order.total for order in orders)
def counted(Order):
    pending = Order.objects.filter(state="open")
    if not pending.exists():
        return 0
    return pending.count()
def limited(Order):
    return len(Order.objects.all()[:10])
def kept(cursor):
    rows = cursor.fetchall()
    print(len(rows))
    return rows
def sums(table):
    adults = table[table.age > 30]
    return len(adults), adults.income.sum()
def distinct(rows):
    return len(set(rows)), len({row.key for row in rows})
def parsed(line):
    parts = line.split(",")
    if len(parts) != 3:
        return None
    return parts
def of_a_mask_that_takes_more(values):
    return len(values[np.abs(values) > 1])
def looked_up(mapping, a, b):
    return len(mapping[a > b])
def of_other(manager):
    return len(manager.filter("open")), len(manager.all())
def of_count(values):
    return np.count_nonzero(values > 0), (values > 3).sum()
def first_alone(cursor):
    return cursor.fetchall()[0]
def overview(page):
    for thread in Thread.objects.order_by("id").prefetch_related("posts"):  # expect: HW748
        page.append((thread.title, len(thread.posts.all())))
def shown(page):
    for thread in Thread.objects.order_by("id").prefetch_related("comments"):
        page.append((thread.title, [each.text for each in thread.comments.all()]))
