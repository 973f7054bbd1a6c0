import hashlib
import random

from sqlalchemy import String, create_engine, event, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import StaticPool

from harness import case, run


class Base(DeclarativeBase):
    pass


class Notice(Base):
    __tablename__ = "notice"
    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64))


class Mailer:
    def __init__(self):
        self.sent = 0
        self.volume = 0

    def send(self, recipient, body):
        self.sent += 1
        self.volume += len(body)


class Outbox:
    """Files each notice and sends it once its transaction is through."""

    def __init__(self, session, mailer):
        self.session = session
        self.mailer = mailer

    def post(self, recipient, body):
        self.session.add(Notice(recipient=recipient, digest=hashlib.sha256(body).hexdigest()))

        @event.listens_for(self.session, "after_commit", once=True)
        def deliver(session):
            self.mailer.send(recipient, body)


class QueuedOutbox(Outbox):
    def __init__(self, session, mailer):
        super().__init__(session, mailer)
        event.listen(session, "after_commit", self.deliver)

    def post(self, recipient, body):
        self.session.add(Notice(recipient=recipient, digest=hashlib.sha256(body).hexdigest()))
        self.session.info.setdefault("mail", []).append((recipient, body))

    def deliver(self, session):
        for recipient, body in session.info.pop("mail", ()):
            self.mailer.send(recipient, body)


def campaign(kind, count=1_300):
    engine = create_engine("sqlite://", poolclass=StaticPool)
    Base.metadata.create_all(engine)
    rng = random.Random(1111)
    session = Session(engine)
    outbox = kind(session, Mailer())
    for number in range(count):
        outbox.post(f"member-{number:05d}@club.example", rng.randbytes(60_000))
        session.commit()
    filed = session.scalar(select(func.count()).select_from(Notice))
    print("filed", filed, "sent", outbox.mailer.sent, "bytes", outbox.mailer.volume)
    return outbox


@case("qq 11 mail outbox")
class _:
    def bad():
        return campaign(Outbox)

    def good():
        return campaign(QueuedOutbox)


if __name__ == "__main__":
    kept = run()
