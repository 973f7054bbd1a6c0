from harness import case, run
import numpy as np


class Diverged(Exception):
    pass


def make_problem(seed, rows=6000, cols=60):
    rng = np.random.default_rng(seed)
    design = rng.standard_normal((rows, cols), dtype=np.float32)
    truth = rng.standard_normal(cols, dtype=np.float32)
    target = design @ truth
    return design, target


def fit(rate, seed, steps=12):
    design, target = make_problem(seed)
    weights = np.zeros(design.shape[1], dtype=np.float32)
    loss = np.inf
    for step in range(steps):
        error = design @ weights
        error -= target
        loss = float(error @ error) / len(error)
        if loss > 1e6:
            raise Diverged(f"loss blew up at step {step} with rate {rate:.2f}")
        weights -= rate * (design.T @ error) / len(error)
    return loss


def rates():
    return [0.5 if k % 3 == 0 else 2.4 + 0.05 * k for k in range(72)]


@case("vv 01 failed trials of a search")
class _:
    def bad():
        failed, scores = [], []
        for k, rate in enumerate(rates()):
            try:
                scores.append(fit(rate, seed=k))
            except Diverged as err:
                failed.append((rate, err))
        print("converged", len(scores), "worst", f"{max(scores):.6f}")
        print("failed", len(failed))
        for rate, err in failed[:5]:
            print(f"  {rate:.2f}", str(err))
        return scores, failed

    def good():
        failed, scores = [], []
        for k, rate in enumerate(rates()):
            try:
                scores.append(fit(rate, seed=k))
            except Diverged as err:
                failed.append((rate, str(err)))
        print("converged", len(scores), "worst", f"{max(scores):.6f}")
        print("failed", len(failed))
        for rate, message in failed[:5]:
            print(f"  {rate:.2f}", message)
        return scores, failed


if __name__ == "__main__":
    kept = run()
