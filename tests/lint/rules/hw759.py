# sized
import sqlite3
from pathlib import Path
def first(connection, path):
    with open(path, "wb") as out:
        data, = connection.execute("select data from file").fetchone()  # expect: HW759
        out.write(data)
def second(connection, path):
    cursor = connection.cursor()
    cursor.execute("select name, data from file")
    name, data = cursor.fetchone()  # expect: HW759
    print(name)
    Path(path).write_bytes(data)
def third(connection, path):
    with open(path, "wb") as out:
        out.write(connection.execute("select data from file").fetchone()[0])  # expect: HW759
def fourth(connection, path):
    data = connection.execute("select data from file").fetchone()[0]  # expect: HW759
    Path(path).write_bytes(data)
def looked_at(connection, path):
    data, = connection.execute("select data from file").fetchone()
    if data:
        Path(path).write_bytes(data)
def kept(connection):
    return connection.execute("select data from file").fetchone()[0]
def packed(connection, path, zlib):
    with open(path, "wb") as out:
        out.write(zlib.compress(connection.execute("select data from file").fetchone()[0]))
def sent(connection, socket):
    data, = connection.execute("select data from file").fetchone()
    socket.write(data)
