CODE, HOLDER = "HW113", "tables_of_tenants.tenants[…].users"
from types import SimpleNamespace

tenants = {}
k = 0


def touch(keep):
    global k
    k += 1
    t = tenants.setdefault(f"t{k % 6}", SimpleNamespace(users={}))
    t.users[k] = SimpleNamespace(name=f"u{k}", prefs={"a": list(range(90))})  # here
    if not keep:
        del t.users[k]


def leaking():
    for _ in range(12):
        touch(True)


def clean():
    for _ in range(12):
        touch(False)
