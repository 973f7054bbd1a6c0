"""Export the projects of an aid organisation as an activity feed in XML."""
import hashlib
import os
import sqlite3
import tempfile
from xml.sax.saxutils import XMLGenerator

import django
from django.conf import settings

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "unset.db"}},
    INSTALLED_APPS=[], USE_TZ=False)
django.setup()

from django.db import connection, models  # noqa: E402

N_PROJECTS = 9000
SUMMARY = "Wells, pumps and training for the villages along the river, run by a committee of users. "
SCHEMA = """
create table project (id integer primary key, title varchar(200), country varchar(2), budget integer,
                      active bool, summary text)
"""


class Project(models.Model):
    title = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    budget = models.IntegerField()
    active = models.BooleanField()
    summary = models.TextField()

    class Meta:
        app_label = "projects"
        db_table = "project"


def fill(path):
    con = sqlite3.connect(path)
    con.execute(SCHEMA)
    con.executemany("insert into project values (?, ?, ?, ?, ?, ?)", (
        (n, f"Project {n}", ("KE", "NL", "ML", "IN", "NP")[n % 5], n * 7919 % 100_000, n % 8 != 3,
         SUMMARY * (50 + n % 20)) for n in range(N_PROJECTS)))
    con.commit()
    con.close()


class Feed:
    """Writes activities to a file as they come."""

    def __init__(self, out):
        self.xml = XMLGenerator(out, "utf-8")
        self.count = 0
        self.budget = 0

    def write(self, projects):
        self.xml.startDocument()
        self.xml.startElement("activities", {"version": "2.03"})
        for project in projects.iterator(chunk_size=500):
            self.activity(project)
        self.xml.endElement("activities")

    def activity(self, project):
        self.xml.startElement("activity", {"ref": f"XM-{project.pk}", "country": project.country})
        for tag, text in (("title", project.title), ("description", project.summary[:300])):
            self.xml.startElement(tag, {})
            self.xml.characters(text)
            self.xml.endElement(tag)
        self.xml.endElement("activity")
        self.count += 1
        self.budget += project.budget


def export(path, **filters):
    projects = Project.objects.filter(**filters).order_by("pk")
    if not projects.exists():
        print("nothing to export for", filters)
        return None
    with open(path, "w", encoding="utf-8") as out:
        feed = Feed(out)
        feed.write(projects)
    with open(path, "rb") as handle:
        digest = hashlib.file_digest(handle, "md5").hexdigest()[:10]
    print("exported", feed.count, "budget", feed.budget, "bytes", os.path.getsize(path), digest)
    return feed


def main():
    with tempfile.TemporaryDirectory() as tmp:
        database = os.path.join(tmp, "projects.db")
        fill(database)
        connection.settings_dict["NAME"] = database
        export(os.path.join(tmp, "all.xml"), active=True)
        export(os.path.join(tmp, "kenya.xml"), active=True, country="KE")
        export(os.path.join(tmp, "none.xml"), country="ZZ")
        connection.close()


if __name__ == "__main__":
    main()
