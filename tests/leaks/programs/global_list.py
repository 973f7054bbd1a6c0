CODE, HOLDER = "HW101", "global_list.kept"
kept = []
recent = []


def leaking():
    kept.append(bytes(3000))  # here


def clean():
    recent.append(bytes(3000))
    del recent[:-1]
