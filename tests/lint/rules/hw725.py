# sized
import csv
import gzip
import hashlib
import io
import json
import pickle
import xml.etree.ElementTree as ET
from hashlib import sha256
from pathlib import Path
import jinja2
import yaml
def at_once(document, path, frame, tree):
    with open(path, "w") as target:
        target.write(json.dumps(document))  # expect: HW725
        target.write(json.dumps(document, indent=1) + "\n")  # expect: HW725
        target.write(yaml.dump(document))  # expect: HW725
        target.write(frame.to_csv(index=False))  # expect: HW725
    with open(path, "wb") as target:
        target.write(pickle.dumps(document, protocol=5))  # expect: HW725
        target.write(json.dumps(document).encode("utf-8"))  # expect: HW725
        target.write(ET.tostring(tree))  # expect: HW725
    path.write_text(json.dumps(document), encoding="utf-8")  # expect: HW725
    Path(path).write_bytes(pickle.dumps(document))  # expect: HW725
def hashed(document, path):
    blob = pickle.dumps(document)  # expect: HW725
    digest = sha256(blob).hexdigest()
    with path.open("wb") as file:
        file.write(blob)
    print(len(blob), hashlib.md5(blob).digest())
    return digest
def encoded(document, file):
    text = json.dumps(document)  # expect: HW725
    file.write(text.encode())
def exported(rows, path):
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    packed = gzip.compress(buffer.getvalue().encode("utf-8"))  # expect: HW725
    path.write_bytes(packed)
def archived(frames, path):
    with io.BytesIO() as buffer:
        for frame in frames:
            frame.save(buffer, format="PNG")
        path.write_bytes(buffer.getbuffer())  # expect: HW725
def answered(rows, response):
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    response.send(buffer.getvalue())
def looked_at(rows, file):
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    text = buffer.getvalue()
    if "total" in text:
        file.write(text)
def given_on(rows, file):
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    file.write(buffer.getvalue())
    return buffer
def begun(head, rows, file):
    buffer = io.StringIO(head)
    csv.writer(buffer).writerows(rows)
    file.write(buffer.getvalue())
def kept(document, file, cache):
    blob = pickle.dumps(document)
    cache["last"] = blob
    file.write(blob)
def given_back(document, file):
    blob = pickle.dumps(document)
    file.write(blob)
    return blob
def sent(document, socket, response, queue):
    socket.sendall(pickle.dumps(document))
    response.write(json.dumps(document))
    queue.put(pickle.dumps(document))
    return json.dumps(document)
def only_hashed(document):
    return sha256(pickle.dumps(document)).hexdigest()
def cut(document, file):
    text = json.dumps(document)
    file.write(text[:100])
def streamed(document, file, frame):
    json.dump(document, file)
    yaml.dump(document, file)
    frame.to_csv(file)
    print(yaml.dump(document, stream=file))
def twice(document, file):
    blob = pickle.dumps(document)
    blob = blob + b"."
    file.write(blob)
def inner(document, file):
    blob = pickle.dumps(document)
    def write():
        file.write(blob)
    return write
async def awaited(document, file):
    await file.write(json.dumps(document))
def to_many(document, paths):
    text = json.dumps(document)
    for path in paths:
        path.write_text(text)
def to_two(document, file, target):
    text = json.dumps(document)
    file.write(text)
    target.write(text)
def again(document, file):
    text = json.dumps(document)
    while True:
        try:
            file.write(text)
            break
        except OSError:
            continue
def for_each(documents, file):
    for document in documents:
        text = json.dumps(document)  # expect: HW725
        file.write(text)
def with_its_length(document, file):
    blob = pickle.dumps(document)
    file.write(len(blob).to_bytes(8, "little"))
    file.write(blob)
def within_a_limit(document, file):
    blob = pickle.dumps(document)
    if len(blob) > 1 << 20:
        raise ValueError(document)
    file.write(blob)
def where_it_changed(document, path, known):
    blob = pickle.dumps(document)
    if sha256(blob).hexdigest() != known:
        path.write_bytes(blob)
def told(document, file, log):
    text = json.dumps(document)  # expect: HW725
    log.info("%d characters", len(text))
    file.write(text)
    assert len(text) > 2
import pandas as pd
def table(df, path):
    text = df.to_csv(index=False)  # expect: HW725
    with open(path, "w") as f:
        f.write(text)
def table_itself(df, path):
    df.to_csv(path, index=False)
def shown_table(df):
    print(df.to_csv())
def joined(rows, path):
    lines = []
    for row in rows:
        lines.append(f"{row.name},{row.value}")
    with open(path, "w") as out:
        out.write("\n".join(lines) + "\n")  # expect: HW725
def joined_at_once(rows, path):
    Path(path).write_text("".join(f"{row.name}\n" for row in rows))  # expect: HW725
def joined_and_given(rows, out):
    text = "\n".join(rows)
    out.write(text)
    return text
def joined_by_name(separator, rows, out):
    out.write(separator.join(rows))
def page(path, rows):
    template = jinja2.Environment().from_string("{% for row in rows %}{{ row }}{% endfor %}")
    with open(path, "w") as file:
        file.write(template.render(rows=rows))  # expect: HW725
def shown(template, rows):
    text = template.render(rows=rows)
    print(text)
    return text
class Upload:
    size = crc = 0
    def write(self, data):
        self.size += len(data)
        self.crc = zlib.crc32(data, self.crc)
class Parts:
    def __init__(self):
        self.all = []
    def write(self, data):
        self.all.append(data)
class Lines:
    def write(self, data):
        self.text = data
def uploaded(template, rows):
    upload = Upload()
    page = template.render(rows=rows)  # expect: HW725
    upload.write(page.encode("utf-8"))
    return upload.crc
def uploaded_table(rows):
    upload = Upload()
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    upload.write(text.getvalue().encode("utf-8"))  # expect: HW725
def in_parts(template, rows):
    parts = Parts()
    parts.write(template.render(rows=rows))
    return parts
def as_one(template, rows):
    lines = Lines()
    lines.write(template.render(rows=rows))
    return lines.text
