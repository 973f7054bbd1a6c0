"""Object churn: lists, dicts, tuples, strings and floats that live for one turn of a loop."""


def turn(i):
    numbers = [j * 1.5 for j in range(6)]
    record = {"id": i, "name": f"item-{i}", "values": (numbers[0], numbers[-1])}
    return sum(numbers) + len(record["name"])


total = 0
for i in range(9_000_000):
    total += turn(i)
print(round(total))
