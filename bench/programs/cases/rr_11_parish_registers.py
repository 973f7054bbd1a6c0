from lxml import etree

from harness import case, run


def register(number, baptisms=2_600):
    """The register of one parish as the archive's volunteers typed it in."""
    entries = "".join(
        f"<baptism year='{1700 + entry % 90}' folio='{entry // 12}'><child>Jan {entry % 71}</child>"
        f"<father>Pieter {entry % 53}</father><mother>Maria {entry % 47}</mother></baptism>"
        for entry in range(baptisms)
    )
    return (
        f"<register><parish><name>Parish {number:02d}</name><deanery>Deanery {number % 6}</deanery></parish>"
        f"<entries>{entries}</entries></register>"
    )


class Summary:
    """One row of the finding aid."""

    def __init__(self, document):
        years = [int(year) for year in document.xpath("entries/baptism/@year")]
        self.span = min(years), max(years)
        self.baptisms = len(years)


class Register(Summary):
    def __init__(self, document):
        super().__init__(document)
        self.parish = document.find("parish")

    @property
    def name(self):
        return self.parish.findtext("name")

    @property
    def deanery(self):
        return self.parish.findtext("deanery")


class DetachedRegister(Summary):
    def __init__(self, document):
        super().__init__(document)
        self.name = document.findtext("parish/name")
        self.deanery = document.findtext("parish/deanery")


class FindingAid:
    def __init__(self, register_type):
        self.register_type = register_type
        self.registers = []

    def add(self, text):
        self.registers.append(self.register_type(etree.fromstring(text)))

    def lines(self):
        for register in sorted(self.registers, key=lambda register: (register.deanery, register.name)):
            yield f"{register.deanery}, {register.name}: {register.baptisms} in {register.span}"


def compile_aid(register_type):
    aid = FindingAid(register_type)
    for number in range(48):
        aid.add(register(number))
    lines = list(aid.lines())
    print(len(lines), lines[7])
    return aid


@case("rr 11 parish registers")
class _:
    def bad():
        return compile_aid(Register)

    def good():
        return compile_aid(DetachedRegister)


if __name__ == "__main__":
    kept = run()
