import sqlite3
import xml.etree.ElementTree as ET

from harness import case, fixture, run

KINDS = ["HeartRate", "StepCount", "BodyMass", "FlightsClimbed"]


def build(path):
    with open(path, "w") as out:
        out.write("<HealthData locale='en'>\n")
        for number in range(62000):
            out.write(
                "<Record type='HKQuantityTypeIdentifier%s' sourceName='Watch' unit='count' "
                "startDate='2019-07-%02d %02d:%02d' endDate='2019-07-%02d' value='%d'>"
                "<MetadataEntry key='HKWasUserEntered' value='%d'/></Record>\n"
                % (KINDS[number % 4], 1 + number % 30, number % 24, number % 60, 1 + number % 30, number % 211, number % 2)
            )
        out.write("</HealthData>\n")


def records(path):
    for event, element in ET.iterparse(path, events=("end",)):
        if element.tag == "Record":
            yield element


def records_released(path):
    parser = ET.iterparse(path, events=("start", "end"))
    _, root = next(parser)
    for event, element in parser:
        if event == "end" and element.tag == "Record":
            yield element
            root.clear()


def rows(elements):
    for element in elements:
        entered = element.find("MetadataEntry").get("value")
        kind = element.get("type").removeprefix("HKQuantityTypeIdentifier")
        yield kind, element.get("startDate"), float(element.get("value")), int(entered)


def convert(elements):
    db = sqlite3.connect("")
    db.execute("create table record (kind text, start text, value real, entered integer)")
    db.executemany("insert into record values (?, ?, ?, ?)", rows(elements))
    query = "select kind, count(*), sum(value), sum(entered) from record group by kind order by kind"
    for row in db.execute(query):
        print(*row)
    db.close()


@case("zz 11 health export")
class _:
    def bad():
        convert(records(fixture("zz_11_export.xml", build)))

    def good():
        convert(records_released(fixture("zz_11_export.xml", build)))


if __name__ == "__main__":
    kept = run()
