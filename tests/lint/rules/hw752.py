# sized
import contextlib
import sqlite3
import pandas as pd
from pandas import read_sql_query
def totals(path):
    with contextlib.closing(sqlite3.connect(path)) as db:
        sales = pd.read_sql("select customer, amount, note from sale", db)  # expect: HW752
    sales = sales[sales["note"] != "x"]
    return sales.groupby("customer")["amount"].sum()
def grouped(db):
    sales = pd.read_sql("select * from sale", db)  # expect: HW752
    return sales.groupby("customer").agg({"amount": ["sum", "max"], "price": "min"})
def at_once(db):
    return read_sql_query("select amount from sale", db)["amount"].sum()  # expect: HW752
def named(db):
    sales = pd.read_sql("select * from sale", db)  # expect: HW752
    return sales.groupby("customer").agg(total=("amount", "sum"), most=("amount", "max"))
def through(db, out):
    for row in pd.read_sql_table("sale", db).itertuples():  # expect: HW752
        out.write(row.note)
def mean_of(db):
    query = "select amount from sale"
    sales = pd.read_sql(query, db, chunksize=None)  # expect: HW752
    return len(sales), sales["amount"].mean()
def in_parts(db):
    total = 0
    for part in pd.read_sql("select * from sale", db, chunksize=5000):
        total += part["amount"].sum()
    return total
def added_up_there(db):
    query = "select customer, sum(amount) as amount from sale group by customer"
    return pd.read_sql(query, db)["amount"].max()
def first_rows(db):
    return pd.read_sql("select * from sale limit 50", db)["amount"].sum()
def kept(db):
    sales = pd.read_sql("select * from sale", db)
    print(sales["amount"].sum())
    return sales
def middle(db):
    return pd.read_sql("select amount from sale", db)["amount"].median()
def ordered(db):
    sales = pd.read_sql("select * from sale", db)
    sales = sales.sort_values("amount")
    return sales.head(10)
def drawn(db):
    sales = pd.read_sql("select * from sale", db)
    sales["amount"].plot()
    return sales["amount"].sum()
def spread(db):
    return pd.read_sql("select * from sale", db).groupby("customer").agg("median")
def filled(db, other):
    sales = pd.read_sql("select * from sale", db)
    if other:
        sales = sales.merge(other)
    return sales["amount"].sum()
def rows_kept(db):
    rows = []
    for row in pd.read_sql("select * from sale", db).itertuples():
        rows.append(row)
    return rows
