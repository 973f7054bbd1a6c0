# sized
import sqlalchemy as sa
from sqlalchemy import insert
from sqlalchemy.dialects.postgresql import insert as upsert
def at_once(connection, table, rows):
    connection.execute(insert(table).values(rows))  # expect: HW761
def named(connection, table, path):
    statement = table.insert().values([{"n": row} for row in path])  # expect: HW761
    connection.execute(statement)
def given_back(connection, table, rows):
    return connection.execute(sa.insert(table).returning(table.c.id).values(rows)).all()  # expect: HW761
def upserted(connection, table, rows):
    connection.execute(upsert(table).values(rows).on_conflict_do_nothing())  # expect: HW761
def beside(connection, table, rows):
    connection.execute(insert(table), rows)
def one(connection, table, row):
    connection.execute(insert(table).values(name=row.name))
    connection.execute(insert(table).values({"name": row.name}))
    connection.execute(insert(table).values([{"name": row.name}, {"name": row.other}]))
def single(connection, table, rows):
    for row in rows: connection.execute(insert(table).values(row))
    values = {"name": rows[0]}
    connection.execute(insert(table).values(values))
def other(frame, insert_at):
    return sum(frame.values()), insert_at.values(frame)
