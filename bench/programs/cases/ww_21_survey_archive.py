"""Takes stock of a survey archive of very many small files: what, how much, from when."""
import io
import tarfile

from harness import case, fixture, run


FOLDER = ("telescope-south-camera-2-reprocessed-data-release-4/"
          "calibrated-single-visit-exposures/sources-above-5-sigma")


def write_archive(path, members=42_000):
    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as tar:
        for n in range(members):
            data = f"{n},{n * 7 % 360},{n * 13 % 180}".encode()
            info = tarfile.TarInfo(f"survey/night{n // 500:04}/{FOLDER}/detection{n:07}-g-r-i-z-y-forced-photometry-with-errors.csv")
            info.size = len(data)
            info.mtime = 1_500_000_000 + n
            tar.addfile(info, io.BytesIO(data))
            tar.members = []


class Stock:
    def __init__(self):
        self.files = 0
        self.bytes = 0
        self.latest = 0
        self.nights = set()

    def add(self, member):
        self.files += 1
        self.bytes += member.size
        self.latest = max(self.latest, member.mtime)
        self.nights.add(member.name.split("/")[1])


def take_stock(path, stock):
    with tarfile.open(path, "r|") as tar:
        for member in tar:
            stock.add(member)
    return stock


def take_stock_lean(path, stock):
    with tarfile.open(path, "r|") as tar:
        for member in tar:
            stock.add(member)
            tar.members = []
    return stock


def survey(reader):
    stock = reader(fixture("ww_21_survey42.tar", write_archive), Stock())
    print(stock.files, stock.bytes, stock.latest, len(stock.nights))
    return stock


@case("ww 21 survey archive")
class _:
    def bad():
        return survey(take_stock)

    def good():
        return survey(take_stock_lean)


if __name__ == "__main__":
    kept = run()
