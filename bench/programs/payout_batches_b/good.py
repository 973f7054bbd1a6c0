"""Check a payout file in Parquet form and sum it up by currency and country."""
import os
import tempfile

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
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
    return table


def sum_by(payouts, key):
    net = pc.subtract(payouts["cents"], payouts["fee_cents"])
    table = pa.table({key: payouts[key], "net": net})
    sums = table.group_by(key).aggregate([("net", "sum"), ("net", "count")])
    return {k: (s, c) for k, s, c in zip(sums[key].to_pylist(), sums["net_sum"].to_pylist(),
                                         sums["net_count"].to_pylist())}


def suspicious(payouts, limit):
    return pc.sum(pc.greater(pc.multiply(payouts["fee_cents"], limit), payouts["cents"])).as_py()


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
