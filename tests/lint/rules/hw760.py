# sized
import pyarrow.parquet as pq
def loaded(path):
    table = pq.read_table(path)  # expect: HW760
    frame = table.to_pandas()
    return frame.sum()
def given_back(path):
    table = pq.read_table(path)  # expect: HW760
    print(table.num_rows)
    return table.to_pandas(split_blocks=True)
def lets_go(path):
    table = pq.read_table(path)
    frame = table.to_pandas(split_blocks=True, self_destruct=True)
    return frame.sum()
def used_again(path):
    table = pq.read_table(path)
    frame = table.to_pandas()
    return frame, table.num_rows
def kept(path, tables):
    table = pq.read_table(path)
    tables.append(table)
    return table.to_pandas()
def in_parts(path):
    table = pq.read_table(path)
    for at in range(0, 10, 5):
        frame = table.slice(at, 5).to_pandas()
        print(frame)
def for_its_rows(path):
    table = pq.read_table(path)
    print(len(table.to_pandas()))
