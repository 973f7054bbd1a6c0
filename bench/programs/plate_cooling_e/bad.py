"""Cooling of a metal plate: state after each production stage."""
import numpy as np
from scipy.integrate import solve_ivp

SIDE = 56


class Plate:
    def __init__(self, side, diffusivity):
        self.side = side
        self.diffusivity = diffusivity
        self.field = np.full((side, side), 20.0)

    def heat(self, row, column, size, temperature):
        self.field[row:row + size, column:column + size] = temperature

    def mean(self):
        return float(self.field.mean())

    def hottest(self):
        return float(self.field.max())


class Stage:
    def __init__(self, name, seconds, ambient, loss):
        self.name = name
        self.seconds = seconds
        self.ambient = ambient
        self.loss = loss


def derivative(plate, stage):
    side = plate.side

    def rate(_, flat):
        field = flat.reshape(side, side)
        padded = np.pad(field, 1, mode="edge")
        change = padded[:-2, 1:-1] + padded[2:, 1:-1]
        change += padded[1:-1, :-2]
        change += padded[1:-1, 2:]
        change -= 4.0 * field
        change *= plate.diffusivity
        change -= stage.loss * (field - stage.ambient)
        return change.ravel()

    return rate


def run_stage(plate, stage):
    solution = solve_ivp(derivative(plate, stage), (0.0, stage.seconds),
                         plate.field.ravel(), rtol=1e-5, atol=1e-4)
    if not solution.success:
        raise RuntimeError(solution.message)
    plate.field = solution.y[:, -1].reshape(plate.side, plate.side)


def main():
    plate = Plate(SIDE, diffusivity=2.4)
    plate.heat(6, 8, 12, 640.0)
    plate.heat(30, 34, 15, 480.0)
    stages = [Stage("roll", 300.0, 35.0, 0.0008), Stage("air", 360.0, 18.0, 0.0021),
              Stage("water", 120.0, 9.0, 0.0170)]
    print(f"start mean {plate.mean():.1f} hottest {plate.hottest():.1f}")
    for stage in stages:
        run_stage(plate, stage)
        print(f"{stage.name} mean {plate.mean():.2f} hottest {plate.hottest():.2f}")
    corner = plate.field[:3, :3].round(1)
    print("corner", corner.ravel().tolist())


if __name__ == "__main__":
    main()
