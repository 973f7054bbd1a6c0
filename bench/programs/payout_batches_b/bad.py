"""Check a payout file in Parquet form and sum it up by currency and country."""
import os
import tempfile

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

N_ROWS = 160_000
GROUP = 20_000
CURRENCIES = ["EUR", "USD", "GBP", "SEK"]
COUNTRIES = [f"C{i:02d}" for i in range(40)]


def payout_group(start, n):
    i = np.arange(start, start + n)
    return pa.table({
        "payout_id": pa.array(i),
        "currency": pa.array([CURRENCIES[k % 4] for k in i]),
        "country": pa.array([COUNTRIES[k * 3 % 40] for k in i]),
        "cents": pa.array((i * 7907) % 500_000 + 100),
        "fee_cents": pa.array((i * 13) % 90),
    })


def write_file(path):
    writer = None
    for start in range(0, N_ROWS, GROUP):
        table = payout_group(start, GROUP)
        if writer is None:
            writer = pq.ParquetWriter(path, table.schema)
        writer.write_table(table, row_group_size=GROUP)
    writer.close()


def load_payouts(path):
    table = pq.read_table(path, columns=["currency", "country", "cents", "fee_cents"],
                          read_dictionary=["currency", "country"])
    return table.to_pylist()


def sum_by(payouts, key):
    totals = {}
    for p in payouts:
        net, count = totals.get(p[key], (0, 0))
        totals[p[key]] = (net + p["cents"] - p["fee_cents"], count + 1)
    return totals


def suspicious(payouts, limit):
    return sum(1 for p in payouts if p["fee_cents"] * limit > p["cents"])


def main():
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "payouts.parquet")
        write_file(path)
        payouts = load_payouts(path)
    print("payouts", len(payouts), "suspicious", suspicious(payouts, 20))
    for currency, (net, count) in sorted(sum_by(payouts, "currency").items()):
        print(currency, count, net)
    top = sorted(sum_by(payouts, "country").items(), key=lambda kv: (-kv[1][0], kv[0]))[:4]
    print([(c, n) for c, (n, _) in top])


if __name__ == "__main__":
    main()
