def best(rows, k):
    a = sorted(rows, key=len)[:10]  # expect: HW705
    b = sorted(rows, reverse=True)[:3]  # expect: HW705
    c = sorted(rows)[:k]
    d = sorted(rows)[5:]
    e = sorted(rows)[:-1]
    f = sorted(rows)[0]
    g = sorted(rows)[:2]
    h = sorted(rows.items())[:2]  # expect: HW705
    return a, b, c, d, e, f
