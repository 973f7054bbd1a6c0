# sized
from sqlalchemy import delete, select
def purge(before):
    return Entry.objects.filter(day__lt=before).delete()  # expect: HW756
def purge_by_name(before):
    query = Entry.objects.filter(day__lt=before)
    _, deleted = query.delete()  # expect: HW756
    return deleted
def one_by_one(session, before):
    for row in session.query(Entry).filter(Entry.day < before):  # expect: HW756
        session.delete(row)
    session.commit()
def by_select(session, before):
    for row in session.scalars(select(Entry).where(Entry.day < before)).all():  # expect: HW756
        session.delete(row)
def at_once(session, before):
    session.execute(delete(Entry).where(Entry.day < before))
def one(entry, path):
    entry.delete()
    path.delete()
def other(session, rows):
    for row in rows:
        session.delete(row)
