import numpy as np
from scipy import sparse
from scipy.sparse import linalg

from harness import case, run


def rod(points):
    return sparse.diags_array([-5.0, 11.0, -5.0], offsets=[-1, 0, 1], shape=(points, points), format="csc")


@case("ss 13 heat steps")
class _:
    def bad():
        heat = np.linspace(0, 100, 1_700)
        backward = linalg.inv(rod(1_700))
        for _ in range(50):
            heat = backward @ heat
        print(round(float(heat.sum()), 4))
        return backward, heat

    def good():
        heat = np.linspace(0, 100, 1_700)
        backward = linalg.splu(rod(1_700))
        for _ in range(50):
            heat = backward.solve(heat)
        print(round(float(heat.sum()), 4))
        return backward, heat


if __name__ == "__main__":
    kept = run()
