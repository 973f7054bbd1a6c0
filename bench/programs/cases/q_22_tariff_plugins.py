"""Tariff plugins: every carrier ships Python modules with tables; the host reloads them at each release."""
import gc
import importlib.util
import os
import py_compile
import random
import sys
import tempfile

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
BASE = os.path.join(tempfile.gettempdir(), "memory-cases")
FOLDER = os.path.join(BASE, "r_tariffs")
CARRIERS = ["alba", "borealis", "cargo24", "dachs", "eilpost", "fjord"]
RELEASES = 14


def write_plugins():
    rng = random.Random(2)
    os.makedirs(FOLDER, exist_ok=True)
    for carrier in CARRIERS:
        for release in range(RELEASES):
            path = os.path.join(FOLDER, f"{carrier}_{release:02d}.py")
            with open(path, "w") as out:
                out.write(f"CARRIER = {carrier!r}\nRELEASE = {release}\nZONES = {{\n")
                for code in rng.sample(range(10000, 99999), rng.randrange(5000, 8000)):
                    out.write(f" '{code}': ({rng.randrange(1, 9)}, {round(rng.uniform(2, 90), 2)}, {rng.randrange(300, 9999)}),\n")
                out.write("}\n\ndef price(code, grams):\n    zone, base, gram = ZONES.get(code, (9, 99.0, 5000))\n"
                          "    return base + zone * grams / gram\n\ndef setup(host):\n"
                          "    host.offer(CARRIER, RELEASE, price, len(ZONES))\n")
            py_compile.compile(path, doraise=True)
    open(os.path.join(FOLDER, "complete"), "w").close()


def ensure_plugins():
    os.makedirs(BASE, exist_ok=True)
    if not os.path.exists(os.path.join(FOLDER, "complete")):
        pid = os.fork()
        if pid == 0:
            write_plugins()
            os._exit(0)
        os.waitpid(pid, 0)


def load_module_bad(path):
    name = "tariff_" + os.path.basename(path)[:-3]
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def load_module_good(path):
    name = "tariff_" + os.path.basename(path)[:-6]
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


class Host:
    """Knows the tariff in force of each carrier."""

    def __init__(self, folder):
        self.folder = folder
        self.tariffs = {}
        self.zones = 0
        self.loaded = 0

    def offer(self, carrier, release, price, zones):
        self.tariffs[carrier] = (release, price)
        self.zones += zones

    def release(self, number):
        load = load_module_bad if ARM == "bad" else load_module_good
        for carrier in CARRIERS:
            load(os.path.join(self.folder, f"{carrier}_{number:02d}.py")).setup(self)
            self.loaded += 1
            gc.collect()

    def cheapest(self, code, grams):
        return min((price(code, grams), carrier) for carrier, (_, price) in self.tariffs.items())


class Shipping:
    def __init__(self, host):
        self.host = host
        self.revenue = 0.0
        self.chosen = {}

    def ship(self, code, grams):
        price, carrier = self.host.cheapest(code, grams)
        self.revenue += price
        self.chosen[carrier] = self.chosen.get(carrier, 0) + 1


def main():
    ensure_plugins()
    shipping = Shipping(Host(FOLDER))
    rng = random.Random(15)
    for release in range(RELEASES):
        shipping.host.release(release)
        for _ in range(2000):
            shipping.ship(str(rng.randrange(10000, 99999)), rng.randrange(50, 30000))
    print("loaded", shipping.host.loaded, "zones", shipping.host.zones, "revenue", round(shipping.revenue, 2),
          sorted(shipping.chosen.items()))
    return shipping


if __name__ == "__main__":
    shipping = main()
