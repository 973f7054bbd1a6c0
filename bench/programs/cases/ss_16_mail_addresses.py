import email
from email import policy

from harness import case, run


def letters():
    for number in range(1_800):
        yield (f"From: Ann Writer <ann{number}@example.org>\n"
               f"To: Bob Reader <bob{number}@example.com>, Carol Clerk <carol@example.com>\n\nDear both,\n")


@case("ss 16 mail addresses")
class _:
    def bad():
        seen = []
        for text in letters():
            seen.append(email.message_from_string(text, policy=policy.default)["To"])
        print(len(seen), sum(map(len, seen)))
        return seen

    def good():
        seen = []
        for text in letters():
            seen.append(str(email.message_from_string(text, policy=policy.default)["To"]))
        print(len(seen), sum(map(len, seen)))
        return seen


if __name__ == "__main__":
    kept = run()
