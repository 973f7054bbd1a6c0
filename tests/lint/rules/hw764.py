# sized
import json
import orjson
def counted(path, counts):
    with open(path) as file:
        data = json.load(file)  # expect: HW764
    for event in data:
        counts[event["actor"]["login"], event["type"]] += 1
    return counts
def inner(path):
    with open(path, "rb") as file:
        found = orjson.loads(file.read())  # expect: HW764
    return sum(each["size"] for each in found["events"])
def numbered(path):
    with open(path) as file:
        data = json.load(file)  # expect: HW764
    for n, each in enumerate(data):
        print(n, each.get("name"))
def kept(path):
    with open(path) as file:
        data = json.load(file)
    return [each for each in data if each["size"] > 3]
def collected(path, found):
    with open(path) as file:
        data = json.load(file)
    for each in data:
        found.append(each)
def twice(path):
    with open(path) as file:
        data = json.load(file)
    return len(data), sum(each["size"] for each in data)
def lines(path):
    with open(path) as file:
        for line in file:
            for each in json.loads(line):
                print(each["name"])
def settings(path):
    with open(path) as file:
        return json.load(file)["settings"]
