import json
def load(file):
    rows = []
    for line in file:
        rows.append(json.loads(line))  # expect: HW606
    more = [json.loads(line) for line in file]  # expect: HW606
    hooked = [json.loads(line, object_pairs_hook=dict) for line in file]
    for line in file:
        print(json.loads(line)["a"])
    return rows, more, hooked, json.load(file)
