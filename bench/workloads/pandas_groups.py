"""pandas: build, merge and group frames of strings and numbers."""

import numpy as np
import pandas as pd

random = np.random.default_rng(1)
orders = pd.DataFrame(
    {
        "customer": random.integers(0, 5_000, 200_000),
        "product": random.choice([f"product {i}" for i in range(200)], 200_000),
        "price": random.random(200_000),
    }
)
customers = pd.DataFrame(
    {"customer": range(5_000), "city": [f"city {i % 50}" for i in range(5_000)]}
)
total = 0.0
for _ in range(110):
    merged = orders.merge(customers, on="customer")
    merged["label"] = merged["city"] + " " + merged["product"]
    total += merged.groupby("label")["price"].sum().max()
print(round(total, 3))
