CODE, HOLDER = "HW132", "weak_key_map.owners"
import weakref


class Key:
    pass


owners = weakref.WeakKeyDictionary()


def leaking():
    for _ in range(4):
        key = Key()
        owners[key] = {"owner": key, "data": bytes(3000)}  # here


def clean():
    for _ in range(4):
        key = Key()
        owners[key] = {"data": bytes(3000)}
