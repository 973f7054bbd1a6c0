import gc
import importlib.util
import itertools
import os
import sys

from harness import CASES, D, case, fixture, run


def write_variables(path):
    """A country package: one file for each variable of the tax system, with its table."""
    import compileall
    import random
    r = random.Random(520)
    os.makedirs(path)
    for i in range(25):
        with open(os.path.join(path, f"variable_{i:02d}.py"), "w") as f:
            f.write("class Variable:\n    label = 'variable %d'\n" % i)
            f.write("    def rate(self, key):\n        return TABLE[key]\n\n\n")
            f.write("TABLE = {\n")
            for k in range(900):
                f.write(f"    {k + 1000}: {r.random()!r},\n")
            f.write("}\n")
    compileall.compile_dir(path, quiet=1)


def country_package():
    return fixture("kk_country_variables", write_variables)


serials = itertools.count()


class TaxBenefitSystem:
    def __init__(self, directory):
        self.serial = next(serials)
        self.variables = {}
        for name in sorted(os.listdir(directory)):
            if name.endswith(".py"):
                self.add_variables_from_file(os.path.join(directory, name))

    def add_variables_from_file(self, path):
        file_name = os.path.splitext(os.path.basename(path))[0]
        module_name = f"{self.serial}_{file_name}"
        spec = importlib.util.spec_from_file_location(module_name, path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[module_name] = module
        spec.loader.exec_module(module)
        self.variables[file_name] = module.Variable()

    def calculate(self, key):
        return sum(v.rate(key) for v in self.variables.values())


class UnregisteringSystem(TaxBenefitSystem):
    def add_variables_from_file(self, path):
        file_name = os.path.splitext(os.path.basename(path))[0]
        module_name = f"{self.serial}_{file_name}"
        spec = importlib.util.spec_from_file_location(module_name, path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[module_name] = module
        try:
            spec.loader.exec_module(module)
        finally:
            del sys.modules[module_name]
        self.variables[file_name] = module.Variable()


@case('22 modules registered under a name of their own for each system')
class _:
    def setup():
        country_package()
    def bad():
        results = []
        for reform in range(45):
            system = TaxBenefitSystem(country_package())
            results.append(system.calculate(1000 + reform))
        return results
    def good():
        results = []
        for reform in range(45):
            system = UnregisteringSystem(country_package())
            results.append(system.calculate(1000 + reform))
        return results


if __name__ == "__main__":
    kept = run()
