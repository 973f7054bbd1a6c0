import re

from harness import case, run

TICKET = re.compile(r"ticket=(\w+)")


def mails():
    for n in range(250):
        yield f"Subject: order {n}\n" + f"> quoted line of mail {n:03d}\n" * 10_000 + f"ticket=T{n:05d}\n"


@case("tt 22 match objects")
class _:
    def bad():
        found = []
        for mail in mails():
            match = TICKET.search(mail)
            if match:
                found.append(match)
        print(len(found), found[0].group(1), found[-1].group(1))
        return found

    def good():
        found = []
        for mail in mails():
            match = TICKET.search(mail)
            if match:
                found.append(match.group(1))
        print(len(found), found[0], found[-1])
        return found


if __name__ == "__main__":
    kept = run()
