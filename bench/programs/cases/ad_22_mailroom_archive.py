"""Audit of a mailroom archive: sums up what a tar file of small notes holds."""
import io
import tarfile
from collections import Counter

from harness import case, fixture, run

NOTES = 100_000


def write_archive(path):
    with open(path, "wb") as out:
        for n in range(NOTES):
            body = f"Note {n}: parcel for room {n % 311}, taken at {n % 24:02d} h.\n".encode()
            entry = tarfile.TarInfo(f"mailroom/2023/week-{n % 52:02d}/desk-{n % 17}/note-{n:06d}.txt")
            entry.size = len(body)
            entry.mtime = 1_690_000_000 + n
            entry.uname = f"clerk{n % 9}"
            out.write(entry.tobuf(tarfile.USTAR_FORMAT))
            out.write(body.ljust(512, b"\0"))
        out.write(bytes(10_240))


class Note:
    def __init__(self, clerk, week, text):
        self.clerk = clerk
        self.week = week
        self.text = text

    @property
    def room(self):
        return int(self.text.split("room ")[1].split(",")[0])


class NoteArchive:
    def __init__(self, path):
        self.path = path

    def notes(self):
        with tarfile.open(self.path, "r:") as archive:
            for entry in archive:
                with io.TextIOWrapper(archive.extractfile(entry), "utf-8") as stream:
                    yield Note(entry.uname, entry.name.split("/")[2], stream.read())
                self.entry_done(archive)

    def entry_done(self, archive):
        pass


class StreamedNoteArchive(NoteArchive):
    def entry_done(self, archive):
        archive.members = []


class Audit:
    def __init__(self):
        self.clerks = Counter()
        self.rooms = Counter()
        self.weeks = set()

    def add(self, note):
        self.clerks[note.clerk] += 1
        self.rooms[note.room] += 1
        self.weeks.add(note.week)


def audit(archive_type):
    result = Audit()
    for note in archive_type(fixture("ad_22_notes.tar", write_archive)).notes():
        result.add(note)
    print(f"{sum(result.clerks.values())} notes, {len(result.rooms)} rooms, {len(result.weeks)} weeks, "
          f"busiest {result.clerks.most_common(1)[0]}")


@case("ad 22 mailroom archive")
class _:
    def bad():
        audit(NoteArchive)

    def good():
        audit(StreamedNoteArchive)


if __name__ == "__main__":
    kept = run()
