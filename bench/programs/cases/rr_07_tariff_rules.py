import os
import sys
from importlib.util import module_from_spec, spec_from_file_location

from harness import D, case, fixture, run

REGIONS = 12


def build(mark):
    for region in range(REGIONS):
        with open(os.path.join(D, f"rr_tariff_{region:02d}.py"), "w") as out:
            out.write("ZONES = {\n")
            for zone in range(420):
                out.write(f"    'zone-{region}-{zone:03d}': ({zone * 7 % 400}.5, {zone * 13 % 900}.25),\n")
            out.write("}\n\n\ndef price(zone, kilos):\n    base, rate = ZONES[zone]\n    return base + rate * kilos\n")
    open(mark, "w").close()


class TariffDesk:
    """Prices a shipment by the rules its region has put on disk at that time."""

    def __init__(self):
        self.priced = 0
        self.total = 0.0

    def rules(self, region):
        name = f"tariff_{region:02d}_{self.priced}"
        spec = spec_from_file_location(name, os.path.join(D, f"rr_tariff_{region:02d}.py"))
        module = module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        return module

    def quote(self, region, zone, kilos):
        rules = self.rules(region)
        self.total += rules.price(f"zone-{region}-{zone:03d}", kilos)
        self.priced += 1


class TidyTariffDesk(TariffDesk):
    def quote(self, region, zone, kilos):
        rules = self.rules(region)
        try:
            self.total += rules.price(f"zone-{region}-{zone:03d}", kilos)
            self.priced += 1
        finally:
            del sys.modules[rules.__name__]


def shift(desk, shipments=700):
    for number in range(shipments):
        desk.quote(number % REGIONS, number * 31 % 420, number % 50 + 1)
    print("priced", desk.priced, "total", round(desk.total, 2))
    return desk


@case("rr 07 tariff rules")
class _:
    def setup():
        fixture("rr_tariffs.made", build)

    def bad():
        return shift(TariffDesk())

    def good():
        return shift(TidyTariffDesk())


if __name__ == "__main__":
    kept = run()
