# sized
import hashlib
import struct
import zlib
from array import array
from struct import Struct, unpack
from xml.dom import minidom
from xml.dom.minidom import parseString
import numpy as np
import numpy
import scipy.sparse
import torch
from scipy.integrate import odeint, solve_ivp
PAIR = Struct("<2h")
def table(path):
    data = np.genfromtxt(path, delimiter=",", names=True)  # expect: HW736
    return data["x"], numpy.genfromtxt(path, dtype=None, encoding="ascii")  # expect: HW736
def samples(count, raw):
    return np.array(list(struct.unpack(f"<{count}h", raw)), dtype=np.int16)  # expect: HW736
def named(count, raw):
    values = unpack(f"{count}f", raw)  # expect: HW736
    return numpy.asarray(values)
def listed(count, raw):
    values = struct.unpack("<%dd" % count, raw)  # expect: HW736
    numbers = list(values)
    return array("d", numbers)
def of_tensor(count, raw):
    return torch.tensor(struct.unpack(f"{count}f", raw))  # expect: HW736
def of_pairs(raw):
    return np.array(list(PAIR.iter_unpack(raw)))  # expect: HW736
def checksum(image):
    pixels = repr(list(image.getdata()))  # expect: HW736
    return hashlib.md5(pixels.encode("ascii")).hexdigest()
def flat_checksum(image):
    return hash(str(tuple(image.get_flattened_data())))  # expect: HW736
def same_pixels(one, two):
    return list(one.getdata()) == list(two.getdata())  # expect: HW736
def same_arrays(one, two):
    return one.tolist() == two.tolist()  # expect: HW736
def crc(values):
    text = str(values.tolist())  # expect: HW736
    return zlib.crc32(text.encode())
def instances(path):
    document = minidom.parse(path)  # expect: HW736
    for element in document.getElementsByTagName("INSTANCE"):
        yield element.getAttribute("NAME")
def names(text):
    document = parseString(text)  # expect: HW736
    found = document.documentElement.getElementsByTagName("name")
    total = sum(len(each.firstChild.data) for each in found)
    document.unlink()
    return total
def compact(path):
    return np.loadtxt(path, delimiter=",")
def header(raw):
    size, count = struct.unpack("<2I", raw[:8])
    return size, count, np.frombuffer(raw[8:])
def both(count, raw):
    values = struct.unpack(f"{count}h", raw)
    return np.array(values), values[0]
def kept_pixels(image):
    pixels = list(image.getdata())
    image.putdata(pixels)
    return pixels
def shown(image):
    print(repr(list(image.getdata())))
def given(one, two):
    return one.tolist() == two
def of_bytes(image):
    return hashlib.md5(image.tobytes()).hexdigest()
def changed(path, out):
    document = minidom.parse(path)
    for element in document.getElementsByTagName("a"):
        element.setAttribute("b", "c")
    document.writexml(out)
def twice(path):
    document = minidom.parse(path)
    count = len(document.getElementsByTagName("a"))
    for element in document.getElementsByTagName("a"):
        print(element.tagName, count)
def kept_elements(path):
    found = []
    for element in minidom.parse(path).getElementsByTagName("a"):
        found.append(element)
    return found
def first(path):
    return minidom.parse(path).getElementsByTagName("a")[0]
def whole(path):
    return minidom.parse(path)
def wave(x, y, t):
    xx, yy = np.meshgrid(x, y)  # expect: HW736
    return np.sin(xx * 2.0 + t) * np.cos(yy)
def spots(count):
    yy, xx = np.mgrid[0:count, 0:count]  # expect: HW736
    return [(xx - c) ** 2 + (yy - c) ** 2 < 9 for c in range(3)]
def _axes(x, y):
    return np.meshgrid(x, y, indexing="ij")  # expect: HW736
def _distance(xx, yy):
    return np.hypot(xx, yy)
def radii(x, y):
    xx, yy = _axes(x, y)
    return _distance(xx, yy)
def points(x, y):
    xx, yy = np.meshgrid(x, y)
    return np.column_stack([xx.ravel(), yy.ravel()])
def rows_alone(x, y):
    xx, yy = np.meshgrid(x, y)
    return np.sin(xx), xx + yy
def drawn(axes, x, y):
    xx, yy = np.meshgrid(x, y)
    axes.contourf(xx, yy, xx * yy)
def thin(x, y):
    xx, yy = np.meshgrid(x, y, sparse=True)
    return xx * yy
def final(rate, start, end):
    solution = solve_ivp(rate, (0.0, end), start, rtol=1e-6)  # expect: HW736
    if not solution.success:
        raise RuntimeError(solution.message)
    return solution.y[:, -1], solution.t[-1]
def final_component(rate, start, end):
    return solve_ivp(rate, (0.0, end), start).y[0][-1]  # expect: HW736
def last_row(rate, start, times):
    return odeint(rate, start, times)[-1]  # expect: HW736
def track(rate, start, end):
    solution = solve_ivp(rate, (0.0, end), start)
    return solution.t, solution.y[0], solution.y[:, -1]
def largest(rate, start, end):
    return solve_ivp(rate, (0.0, end), start).y.max(axis=1)
def at_times(rate, start, end):
    return solve_ivp(rate, (0.0, end), start, t_eval=[end]).y[:, -1]
def path_of(rate, start, times):
    return odeint(rate, start, times)[:, 0]
def entries(counts):
    keyed = counts.todok()  # expect: HW736
    return sum(seen for (i, j), seen in keyed.items() if i < j)
def looked_up(counts, pairs):
    keyed = counts.todok()
    return [keyed[pair] for pair in pairs]
def filled(count):
    found = scipy.sparse.dok_matrix((count, count))
    found[0, 1] = 2
    return [value for _, value in found.items()]

import pandas as pd
import scipy.sparse as sp
def measure(row):
    return pd.Series({"area": row["w"] * row["h"], "edge": row["w"] + row["h"]})
def measured(rects):
    sizes = rects.apply(measure, axis=1)  # expect: HW736
    return sizes, rects.apply(lambda row: pd.Series([row.w, row.h]), axis="columns")  # expect: HW736
def split_row(row):
    parts = pd.Series(row["name"].split(" "))
    return parts
def parts(table):
    return table.apply(split_row, axis=1)  # expect: HW736
def number_of(row):
    return row["w"] * row["h"]
def areas(rects):
    return rects.apply(number_of, axis=1), rects.apply(lambda column: pd.Series([column.sum()]))
def filled(ratings, shape):
    m = sp.dok_matrix(shape)
    for user, item, stars in ratings:
        m[user, item] = stars  # expect: HW736
    return m.tocsr()
def counted_pairs(pairs, n):
    m = sp.lil_matrix((n, n), dtype=np.int32)
    for a in pairs:
        for b in a:
            m[a.id, b] += 1  # expect: HW736
    print(m.nnz)
    return m.tocsc()
def read_between(steps, n):
    m = sp.dok_matrix((n, n))
    for a, b in steps:
        if m[a, b] > 3:
            return a
        m[a, b] += 1
    return m.tocsr()
def kept_as_it_is(ratings, shape):
    m = sp.dok_matrix(shape)
    for user, item, stars in ratings:
        m[user, item] = stars
    return m
def by_rows(rows, n):
    m = sp.lil_matrix((n, n))
    for i, row in enumerate(rows):
        m[i, :] = row
    return m.tocsr()
def one_cell(n):
    m = sp.lil_matrix((n, n))
    m[0, 0] = 1
    return m.tocsr()
grade = np.vectorize(number_of)
def graded(values):
    return grade(values)  # expect: HW736
def graded_at_once(values):
    return np.vectorize(number_of, otypes=[float])(values)  # expect: HW736
def numbers(rows):
    return np.array([float(row[1]) * 0.5 for row in rows])  # expect: HW736
def images(paths):
    return np.array([load(path) for path in paths]), np.array([row * 2 for row in paths])
import ast
from pathlib import Path
def shapes(path):
    with open(path) as f:
        return ast.literal_eval(f.read())  # expect: HW736
def settings(path):
    return eval(Path(path).read_text())  # expect: HW736
def evaluated(path):
    text = open(path).read()
    return eval(text)  # expect: HW736
def tree(path):
    return ast.parse(Path(path).read_text())
def formula(words):
    return eval(words)
class Reader:
    def literal_eval(self, text):
        return self.literal_eval(text[1:])
import json
from dataclasses import asdict
def weighted(x, y, weights):
    root = np.sqrt(np.diag(weights))  # expect: HW736
    return np.linalg.solve(x.T @ root @ x, root @ y)
def scaled(x, weights):
    return np.diag(weights).dot(x)  # expect: HW736
def broadcast(x, weights):
    return x * weights[:, None]
def trace(matrix):
    return np.diag(matrix).sum()
def covariance(kernel, noise):
    return np.linalg.cholesky(kernel + np.diag(noise))
def returned(weights, x):
    matrix = np.diag(weights)
    return matrix, matrix @ x
def save(track, f):
    json.dump(asdict(track), f)  # expect: HW736
def save_all(tracks, f):
    rows = [asdict(track) for track in tracks]  # expect: HW736
    f.write(json.dumps(rows))
def altered(track, f):
    row = asdict(track)
    row["kind"] = "track"
    json.dump(row, f)
def as_dict(track):
    return asdict(track)
def one_by_one(track, f):
    json.dump(track, f, default=vars)
def crowding(trees, radius):
    tree = cKDTree(trees)
    return np.array([len(found) - 1 for found in tree.query_ball_point(trees, radius)])  # expect: HW736
def neighbours(tree, points, radius):
    around = tree.query_ball_point(points, radius)  # expect: HW736
    return sum(len(each) for each in around)
def middle_neighbours(tree, points, radius):
    return [points[each].mean() for each in tree.query_ball_point(points, radius)]
def listed(models):
    return json.dumps([each.model_dump(mode="json") for each in models]).encode()  # expect: HW736
def one_dumped(model):
    record = model.model_dump()
    return json.dumps(record), record["id"]
def rivalry(trees, reach):
    return len(KDTree(trees).query_pairs(reach))  # expect: HW736
def as_array(trees, reach):
    return KDTree(trees).query_pairs(reach, output_type="ndarray")
def calibrate(frame, dark):
    dark_frame = np.tile(dark, (frame.shape[0], 1))  # expect: HW736
    frame -= dark_frame
    return frame
def tiled(frame, dark):
    return np.tile(dark, (frame.shape[0], 1))
def vouchers(series):
    for number, letter in itertools.product(range(1_000_000), series):  # expect: HW736
        yield letter, number
def pairs(rows):
    return itertools.product(rows, "ab")  # expect: HW736
def fixed_pairs():
    return itertools.product("xyz", [1, 2])
def summary(payments):
    amounts = payments.groupby("customer")["amount"].agg(list)  # expect: HW736
    return amounts.map(max), amounts.map(len)
def listed_amounts(payments):
    return payments.groupby("customer")["amount"].agg(list)
def tag_counts(articles):
    tagged = articles.assign(tag=articles["tags"].str.split(",")).explode("tag")  # expect: HW736
    return tagged.groupby("tag").size()
def tag_lengths(articles):
    tagged = articles.explode("tag")
    return tagged.groupby("tag")["words"].sum()
import matplotlib
from scipy.linalg import toeplitz
from scipy.spatial.distance import pdist, squareform
class Runoff:
    def of(self, response, rain):
        matrix = toeplitz(response, np.zeros(len(rain)))  # expect: HW736
        return matrix @ rain
def inverse_of_toeplitz(response):
    matrix = toeplitz(response)
    return np.linalg.inv(matrix)
def error_bars(model, grid):
    mean, covariance = model.predict(grid, return_cov=True)  # expect: HW736
    return mean, np.sqrt(np.diag(covariance))
def correlations(model, grid):
    mean, covariance = model.predict(grid, return_cov=True)
    return mean, covariance / np.sqrt(np.diag(covariance))
class Painter:
    def __init__(self, name):
        self.colours = matplotlib.colormaps[name]
        self.norm = np.clip
    def paint(self, heights):
        rgba = self.colours(self.norm(heights, 0, 1))  # expect: HW736
        return (rgba * 255).astype(np.uint8)
    def as_bytes(self, heights):
        return self.colours(heights, bytes=True)
    def as_floats(self, heights):
        return self.colours(heights)[..., :3] * 255
def painted(heights):
    return np.round(matplotlib.colormaps["terrain"](heights)[..., :3] * 255).astype("uint8")  # expect: HW736
def heat(matrix, start):
    from scipy.sparse import linalg
    backward = linalg.inv(matrix)  # expect: HW736
    for _ in range(50):
        start = backward @ start
    return backward, start
def once(matrix, start):
    from scipy.sparse import linalg
    return linalg.inv(matrix) @ start  # expect: HW736
def looked_at(matrix):
    from scipy.sparse import linalg
    inverse = linalg.inv(matrix)
    return inverse.diagonal(), inverse @ matrix
def small(matrix, start):
    return np.linalg.inv(matrix) @ start
class Distances:
    def __init__(self, points):
        self.far = squareform(pdist(points))  # expect: HW736
    def between(self, a, b):
        return float(self.far[a, b])
def tour(points, order):
    far = squareform(pdist(points))  # expect: HW736
    return sum(far[a, b] for a, b in zip(order, order[1:]))
def nearest(points):
    far = squareform(pdist(points))
    return far.argsort(axis=1)[:, 1]
def of_one(points, a):
    far = squareform(pdist(points))
    return far[a].min()
def row_of(points, a):
    far = squareform(pdist(points))
    return far[a, :].min()
