# sized
import pandas as pd
def products(purchases):
    table = purchases.pivot_table(index="customer", columns="product", values="quantity", fill_value=0)  # expect: HW767
    return (table > 0).sum(axis=1)
def pairs(visits):
    return pd.crosstab(visits.customer, visits.page).gt(0).sum(axis=1)  # expect: HW767
def most(sales):
    wide = sales.groupby(["customer", "product"]).amount.sum().unstack()  # expect: HW767
    return wide.max(axis=1), wide.notna().sum(axis=1)
def shown(sales):
    wide = sales.pivot_table(index="customer", columns="product", values="amount")
    return wide.head(), wide.sum(axis=1)
def of_one(sales):
    wide = sales.pivot(index="customer", columns="product", values="amount")
    return wide["tea"].sum()
def kept(sales):
    wide = sales.pivot(index="customer", columns="product", values="amount")
    return wide
def scaled(sales):
    wide = sales.pivot(index="customer", columns="product", values="amount")
    return (wide / wide.sum()).sum(axis=1)
def not_a_table(matrix):
    return pivot_table(matrix).sum()
def changed(before, after):
    wide = before.pivot(index="customer", columns="product", values="amount")
    return (wide != after.pivot(index="customer", columns="product", values="amount")).sum(axis=1)
def correlated(frame):
    return frame.corr().unstack().abs().max()
def mean(sales):
    wide = sales.pivot_table(index="customer", columns="product", values="amount", fill_value=0)
    return wide.mean(axis=1)
def by_column(sales):
    wide = sales.pivot_table(index="customer", columns="product", values="amount")
    return wide.sum()
def favourite(sales):
    bought = sales.groupby(["customer", "product"]).size()
    table = bought.unstack("product", fill_value=0)  # expect: HW767
    return table.idxmax(axis=1)
def favourite_of_all(sales):
    table = sales.pivot_table(index="customer", columns="product", values="quantity")
    return table.idxmax(axis=0)
def of_a_parameter(table):
    return table.unstack("product").idxmax(axis=1)
