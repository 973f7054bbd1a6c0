"""Calendar service: imports iCalendar uploads and schedules a reminder for every event (asyncio)."""
import asyncio
import contextvars
import random
import sys
from dataclasses import dataclass

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
DAY = 86400
current_request = contextvars.ContextVar("current_request", default=None)
audit = {"lines": 0, "fired": 0}


@dataclass(slots=True)
class Request:
    user: str
    trace_id: str
    body: str


@dataclass(slots=True)
class Reminder:
    user: str
    uid: str
    due: float


def log(message):
    request = current_request.get()
    audit["lines"] += len(message) + (len(request.trace_id) if request else 1)


class Scheduler:
    """Puts reminders on the event loop's timer queue."""

    def __init__(self, loop):
        self.loop = loop
        self.base = contextvars.copy_context()
        self.timers = {}

    def arm_bad(self, reminder):
        handle = self.loop.call_later(reminder.due, self.fire, reminder)
        self.timers[reminder.user, reminder.uid] = handle

    def arm_good(self, reminder):
        handle = self.loop.call_later(reminder.due, self.fire, reminder, context=self.base)
        self.timers[reminder.user, reminder.uid] = handle

    def arm(self, reminder):
        if ARM == "bad":
            self.arm_bad(reminder)
        else:
            self.arm_good(reminder)
        log(f"armed {reminder.uid}")

    def fire(self, reminder):
        self.timers.pop((reminder.user, reminder.uid), None)
        audit["fired"] += 1
        log(f"remind {reminder.user} of {reminder.uid}")


class CalendarParser:
    def events(self, text):
        fields = {}
        for line in text.splitlines():
            key, _, value = line.partition(":")
            if key == "BEGIN" and value == "VEVENT":
                fields = {}
            elif key == "END" and value == "VEVENT":
                yield fields
            elif key in ("UID", "DUE", "SUMMARY"):
                fields[key] = value


class CalendarService:
    def __init__(self, scheduler):
        self.scheduler = scheduler
        self.parser = CalendarParser()
        self.past = 0

    async def handle(self, request):
        current_request.set(request)
        log("import")
        count = 0
        for fields in self.parser.events(request.body):
            due = float(fields["DUE"])
            if due <= 0:
                self.past += 1
                continue
            self.scheduler.arm(Reminder(request.user, fields["UID"], due))
            count += 1
        await asyncio.sleep(0)
        log(f"imported {count}")
        return count


def make_upload(rng, user):
    """A client exports its calendar with descriptions, attendees and attachments."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for _ in range(rng.randint(3, 9)):
        due = rng.uniform(-20, 300) * DAY
        lines += ["BEGIN:VEVENT", f"UID:{rng.getrandbits(64):016x}", f"DUE:{due:.0f}",
                  f"SUMMARY:{rng.choice(['Standup', 'Review', 'Dentist', 'Planning', 'Lunch'])} {rng.randint(1, 99)}",
                  f"ATTENDEE:mailto:{rng.getrandbits(30):x}@corp.example",
                  f"ATTACH;ENCODING=HEX:{rng.randbytes(rng.randint(3000, 12000)).hex()}", "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return Request(user, f"{rng.getrandbits(48):012x}", "\r\n".join(lines))


async def serve(service, uploads):
    rng = random.Random(909)
    imported = size = 0
    for number in range(uploads):
        request = make_upload(rng, f"user{rng.randint(1, 400):04d}")
        size += len(request.body)
        imported += await asyncio.create_task(service.handle(request))
        del request
    return imported, size


def main():
    loop = asyncio.new_event_loop()
    service = CalendarService(Scheduler(loop))
    imported, size = loop.run_until_complete(serve(service, 1100))
    print(f"imported={imported} past={service.past} armed={len(service.scheduler.timers)} "
          f"bytes={size} audit={audit['lines']} fired={audit['fired']}")
    return loop, service


if __name__ == "__main__":
    SERVER = main()
