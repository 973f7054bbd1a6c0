from zlib import crc32

from faker import Faker
from harness import case, run


@case("ss 04 test customers")
class _:
    def bad():
        fake, check = Faker(), 0
        fake.seed_instance(404)
        for batch in range(600):
            for _ in range(350):
                check = crc32(fake.unique.sha256().encode(), check)
        print(check)
        return fake

    def good():
        fake, check = Faker(), 0
        fake.seed_instance(404)
        for batch in range(600):
            for _ in range(350):
                check = crc32(fake.unique.sha256().encode(), check)
            fake.unique.clear()
        print(check)
        return fake


if __name__ == "__main__":
    kept = run()
