# sized
import math
import numexpr
import numpy as np
from scipy.special import expit
def distance(lat, lon):
    h = np.sin((lat - 0.7) / 2) ** 2 + np.cos(lat) * math.cos(0.7) * np.sin((lon - 0.1) / 2) ** 2  # expect: HW770
    return 12742 * np.arcsin(np.sqrt(h))
def scaled(x, low, high):
    return ((x - low) / (high - low)).clip(0, 1) * 2 - 1  # expect: HW770
def total(a, b, c):
    return float((expit(a) * b + c * c - a / b).sum())  # expect: HW770
def few(a, b):
    return a * b + 1
def of_constants(n):
    return n * (24 * 60 * 60 + 7 * 3600) / 1000
def in_place(x):
    np.subtract(x, 3, out=x)
    x /= 7
    return np.multiply(x, 2, out=x)
def in_a_loop(parts):
    return [np.sqrt(each * each + 1) * 2 - each / 3 for each in parts]
def in_blocks(lat, km):
    for i in range(0, len(lat), 50_000):
        la = lat[i:i + 50_000]
        km[i:i + 50_000] = np.sin((la - 0.7) / 2) ** 2 + np.cos(la) * 0.7
def by_numexpr(lat):
    return numexpr.evaluate("sin((lat - 0.7) / 2) ** 2 + cos(lat) * 0.7")
def of_texts(a, b):
    return a + ", " + b + "." + a
def rooted(x, y, z):
    return np.sqrt(x * x + y * y + z * z - 2 * x)  # expect: HW770
def summed(a, b, c):
    return np.sum(a * b + c * c - a / b)  # expect: HW770
def of_a_few(a, b):
    return np.sqrt(a * a + b)
