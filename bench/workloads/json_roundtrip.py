"""JSON: documents of nested records, written and parsed again."""

import json

document = {
    "orders": [
        {
            "id": i,
            "customer": f"c{i % 97}",
            "price": i * 1.01,
            "tags": ["a", "b", str(i)],
            "sub": {"x": i, "y": None},
        }
        for i in range(400)
    ]
}
length = 0
for _ in range(8_000):
    text = json.dumps(document)
    length += len(json.loads(text)["orders"]) + len(text)
print(length)
