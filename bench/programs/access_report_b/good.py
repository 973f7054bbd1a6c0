"""Traffic and latency report from a web access log in CSV form."""
import os
import tempfile

import pandas as pd

N_ROWS = 180_000
AGENTS = [f"Mozilla/5.0 (X11; Linux x86_64; rv:{v}.0) Gecko/20100101 Firefox/{v}.0" for v in range(90, 120)]


def write_log(path):
    with open(path, "w") as f:
        f.write("ts,request_id,client,path,referrer,agent,status,sent,latency_ms\n")
        for i in range(N_ROWS):
            f.write(f"2024-05-{1 + i % 28:02d}T{i % 24:02d}:{i % 60:02d}:00,{i * 2654435761 % 2**64:016x},"
                    f"10.{i % 7}.{i % 251}.{i % 239},/page/{i % 180},"
                    f"https://example.org/search?q=term{i % 9973}&page={i % 17},"
                    f"{AGENTS[i % 30]},{200 if i % 41 else 503},{(i * 131) % 90000},{(i * 17) % 900}\n")


def read_log(path):
    return pd.read_csv(
        path, usecols=["path", "status", "sent", "latency_ms"],
        dtype={"path": "category", "status": "int16", "sent": "int32", "latency_ms": "int16"})


def busiest(log, n):
    table = log.groupby("path", observed=True).agg(hits=("sent", "size"), sent=("sent", "sum"))
    table.index = table.index.astype(str)
    return table.sort_values(["sent", "hits"], ascending=False, kind="stable").head(n)


def error_rate(log):
    return float((log["status"] >= 500).mean())


def latency(log, quantiles=(0.5, 0.95, 0.99)):
    good = log.loc[log["status"] < 500, "latency_ms"]
    return {q: float(good.quantile(q)) for q in quantiles}


def main():
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "access.csv")
        write_log(path)
        log = read_log(path)
    print("requests", len(log), "errors %.5f" % error_rate(log))
    for q, value in latency(log).items():
        print("p%d" % (100 * q), "%.1f" % value)
    for path, row in busiest(log, 5).iterrows():
        print(path, int(row["hits"]), int(row["sent"]))


if __name__ == "__main__":
    main()
