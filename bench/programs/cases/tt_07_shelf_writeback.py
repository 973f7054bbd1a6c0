import dbm.dumb
import os
import shelve

from harness import D, case, run


def new_store(name):
    for ext in (".dat", ".dir", ".bak"):
        path = os.path.join(D, name + ext)
        if os.path.exists(path):
            os.remove(path)
    return dbm.dumb.open(os.path.join(D, name), "n")


def history(user):
    return [user + day * 0.5 for day in range(300)]


@case("tt 07 shelf writeback")
class _:
    def bad():
        shelf = shelve.Shelf(new_store("tt07_bad"), writeback=True)
        for user in range(4000):
            shelf[f"user-{user}"] = history(user)
        for user in range(0, 4000, 10):
            shelf[f"user-{user}"].append(1.0)
        print(len(shelf), sum(len(shelf[f"user-{u}"]) for u in range(0, 4000, 5)))
        return shelf

    def good():
        shelf = shelve.Shelf(new_store("tt07_good"))
        for user in range(4000):
            shelf[f"user-{user}"] = history(user)
        for user in range(0, 4000, 10):
            days = shelf[f"user-{user}"]
            days.append(1.0)
            shelf[f"user-{user}"] = days
        print(len(shelf), sum(len(shelf[f"user-{u}"]) for u in range(0, 4000, 5)))
        return shelf


if __name__ == "__main__":
    kept = run()
