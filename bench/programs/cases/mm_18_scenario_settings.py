import copy
import time

from harness import case, run

DEFAULTS = {
    "name": "base",
    "seed": 0,
    "curves": {"asset-%d" % a: [a + t / 365 for t in range(365)] for a in range(120)},
    "limits": {"desk-%d" % d: {"var": 10.0 * d, "gross": 1000.0 * d} for d in range(200)},
}


class Scenario:
    def __init__(self, settings):
        self.settings = settings
        self.loss = 0.0

    def evaluate(self):
        curve = self.settings["curves"]["asset-%d" % (self.settings["seed"] % 120)]
        self.loss = sum(curve) / len(curve)
        return self.loss


def evaluate_all(scenarios):
    time.sleep(0.3)
    print("scenarios", len(scenarios), "loss %.4f" % sum(s.evaluate() for s in scenarios))
    return scenarios


@case("mm 18 scenario settings")
class _:
    def bad():
        scenarios = []
        for seed in range(140):
            settings = copy.deepcopy(DEFAULTS)
            settings["seed"] = seed
            scenarios.append(Scenario(settings))
        return evaluate_all(scenarios)

    def good():
        scenarios = []
        for seed in range(140):
            settings = copy.copy(DEFAULTS)
            settings["seed"] = seed
            scenarios.append(Scenario(settings))
        return evaluate_all(scenarios)


if __name__ == "__main__":
    kept = run()
