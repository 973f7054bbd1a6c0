import random
import uuid

from prometheus_client import CollectorRegistry, Counter, Histogram

from harness import case, run

MODELS = ["churn-v3", "churn-v4", "uplift-v1"]


def requests(n):
    rng = random.Random(31)
    for _ in range(n):
        session = str(uuid.UUID(int=rng.getrandbits(128)))
        yield rng.choice(MODELS), session, rng.expovariate(30), rng.random()


@case("vv 05 metrics of a scoring service")
class _:
    def bad():
        registry = CollectorRegistry()
        errors = Counter("score_errors", "failed scorings", ["model"], registry=registry)
        latency = Histogram("score_seconds", "time per scoring", ["model", "session"], registry=registry)
        served, slow = dict.fromkeys(MODELS, 0), 0
        for model, session, seconds, score in requests(12_000):
            latency.labels(model, session).observe(seconds)
            served[model] += 1
            slow += seconds > 0.1
            if score < 0.01:
                errors.labels(model).inc()
        print(served, "slow", slow)
        print([registry.get_sample_value("score_errors_total", {"model": m}) for m in MODELS])
        return registry

    def good():
        registry = CollectorRegistry()
        errors = Counter("score_errors", "failed scorings", ["model"], registry=registry)
        latency = Histogram("score_seconds", "time per scoring", ["model"], registry=registry)
        served, slow = dict.fromkeys(MODELS, 0), 0
        for model, session, seconds, score in requests(12_000):
            latency.labels(model).observe(seconds)
            served[model] += 1
            slow += seconds > 0.1
            if score < 0.01:
                errors.labels(model).inc()
        print(served, "slow", slow)
        print([registry.get_sample_value("score_errors_total", {"model": m}) for m in MODELS])
        return registry


if __name__ == "__main__":
    kept = run()
