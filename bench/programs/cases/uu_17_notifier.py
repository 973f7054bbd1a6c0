import asyncio
import zlib

from harness import case, run

ACCOUNTS = 1500
LINES = 500


def render_statement(account):
    rows = "".join(f"{account:07d};{line:04d};booking text of the month, as given by the other party of the transfer;{(account * line) % 9973:8.2f}\n"
                   for line in range(LINES))
    return rows.encode()


class MailGateway:
    def __init__(self):
        self.accepted = 0
        self.octets = 0
        self.checksum = 0

    async def post(self, message):
        await asyncio.sleep(0)
        self.accepted += 1
        self.octets += len(message)
        self.checksum ^= zlib.crc32(message)
        await asyncio.sleep(0)


class StatementRun:
    """Sends every account its monthly statement, never more than a few at once."""

    def __init__(self, gateway, limit=6):
        self.gateway = gateway
        self.limit = limit
        self.slots = None

    async def deliver(self, account):
        message = render_statement(account)
        async with self.slots:
            await self.gateway.post(message)

    async def run(self, accounts):
        self.slots = asyncio.Semaphore(self.limit)
        await asyncio.gather(*(self.deliver(account) for account in accounts))


class PooledStatementRun(StatementRun):
    async def worker(self, accounts):
        for account in accounts:
            await self.gateway.post(render_statement(account))

    async def run(self, accounts):
        shared = iter(accounts)
        await asyncio.gather(*(self.worker(shared) for _ in range(self.limit)))


def month_end(run_class):
    gateway = MailGateway()
    asyncio.run(run_class(gateway).run(range(ACCOUNTS)))
    print(gateway.accepted, gateway.octets, gateway.checksum)
    return gateway.accepted


@case("uu 17 statement mails")
class _:
    def bad():
        return month_end(StatementRun)

    def good():
        return month_end(PooledStatementRun)


if __name__ == "__main__":
    kept = run()
