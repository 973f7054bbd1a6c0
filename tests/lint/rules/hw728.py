# sized
import numpy as np
import pandas as pd
from numpy import linalg
def rows(matrix, mask, name):
    print(matrix.toarray()[0], matrix.tocsr().todense()[:10, :])  # expect: HW728
    for i in range(10):
        print(matrix.toarray()[i])  # expect: HW728
    dense = matrix.toarray()  # expect: HW728
    print(dense[:, 3])
    print(matrix.toarray(), matrix.toarray()[mask], matrix.toarray()[:, name:])
def both(matrix):
    dense = matrix.toarray()
    return dense[0], dense.sum()
def values(a):
    u, s, v = np.linalg.svd(a)  # expect: HW728
    print(linalg.svd(a)[1])  # expect: HW728
    _, t, _ = linalg.svd(a, full_matrices=False)  # expect: HW728
    return s, t
def values_alone(a):
    s = np.linalg.svd(a, compute_uv=False)
    _, t, _ = np.linalg.svd(a, False, False)
    return s, t
def first_columns(path, k):
    a = np.load(path)
    u, s, v = np.linalg.svd(a)  # expect: HW728
    return u[:, :k] * s[:k]
def first_parts(path, k):
    a = np.load(path)
    q, r = np.linalg.qr(a, mode="complete")  # expect: HW728
    return q[:, :k], r[:k]
def whole_factors(path, k):
    a = np.load(path)
    u, s, v = np.linalg.svd(a)
    w, t, x = np.linalg.svd(a)
    q, r = np.linalg.qr(a)
    return u, w[:, k:], x[-k:], q[:, :k]
def thin(path, k):
    a = np.load(path)
    u, s, v = np.linalg.svd(a, full_matrices=False)
    return u[:, :k], v[:k]
def pairs(a, b):
    print(np.abs(a[:, None] - b[None, :]).min())  # expect: HW728
    near = ((a[:, None, :] - b) ** 2).sum(axis=-1)  # expect: HW728
    return near, np.linalg.norm(a[:, np.newaxis] - b[np.newaxis], axis=2)  # expect: HW728
def named_pairs(a, b):
    diff = a[:, None, :] - b[None, :, :]  # expect: HW728
    squares = diff**2
    return np.sqrt(squares.sum(axis=2)).argmin(axis=1)
def kept_pairs(a, b):
    diff = a[:, None, :] - b[None, :, :]
    return diff, (diff**2).sum(axis=2)
def all_pairs(a, b):
    return np.abs(a[:, None] - b[None, :])
def by_row(a, b):
    centred = (a - a.mean(axis=1)[:, None]).sum()
    scaled = (a[None, :] - b[None, :]).sum()
    return centred, scaled, (a[:, None] - b).sum(axis=1)
def products(a, b):
    print(np.outer(a, b).sum(), np.sum(np.outer(a, b)))  # expect: HW728
    return np.outer(a, b), np.outer(a, b).sum(axis=0)
def counted(table):
    print(pd.get_dummies(table["kind"]).sum())  # expect: HW728
    dummies = pd.get_dummies(table.kind)  # expect: HW728
    print(dummies.sum())
    return pd.get_dummies(table.kind), pd.get_dummies(table, columns=["a"]).sum()
def parts_before(matrix, i, vectorizer, text, tables):
    print(matrix[i].toarray()[0], matrix[[i]].toarray()[0], matrix.getrow(i).todense()[0])
    row = matrix[i]
    print(row.toarray()[0], vectorizer.transform([text]).toarray()[0])
    return tables["a"].toarray()[0]  # expect: HW728
def set_in_place(matrix):
    dense = matrix.toarray()
    dense[:5] = 1
def used_inside(a):
    u, s, v = np.linalg.svd(a)
    def project(x):
        return u.T @ x
    return project, s
def used_outside(a):
    global basis
    basis, s, v = np.linalg.svd(a)
    return s
def by_rows(table):
    return pd.get_dummies(table.kind).sum(axis=1)
def widest(a, b):
    return np.subtract.outer(a, b).max()  # expect: HW728
def all_differences(a, b):
    return np.subtract.outer(a, b)
def applications(hits):
    return hits["path"].str.split("/", expand=True)[0].value_counts()  # expect: HW728
def through_a_name(hits):
    parts = hits.path.str.rsplit(".", expand=True)  # expect: HW728
    return parts[0]
def of_lists(hits):
    return hits.path.str.split("/").str[0]  # expect: HW728
def bounded(hits):
    return hits["path"].str.split("/", n=1, expand=True)[0], hits.path.str.split("/", 1).str[0]
def several(hits):
    parts = hits["path"].str.split("/", expand=True)
    return parts[0] + parts[2]
def all_parts(hits):
    return hits.path.str.split("/").str.len(), hits.path.str.split("/", expand=True)
def of_one_text(line):
    return line.split("/")[0]
