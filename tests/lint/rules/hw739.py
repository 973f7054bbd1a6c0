# sized
import requests, httpx
from pathlib import Path
def direct(url, path):
    with open(path, "rb") as file:
        requests.post(url, data=file.read())  # expect: HW739
def parts(url, path, name):
    with open(path, "rb") as file:
        return httpx.post(url, files={"video": (name, file.read(), "video/mp4")})  # expect: HW739
class Uploader:
    def __init__(self):
        self.client = httpx.Client()
        self.session = requests.Session()
    def upload(self, url, path, name):
        with open(path, "rb") as source:
            files = {"recording": (name, source.read(), "video/mp4")}  # expect: HW739
            response = self.client.post(url, files=files)
        response.raise_for_status()
    def put(self, url, path):
        body = Path(path).read_bytes()  # expect: HW739
        self.session.put(url, data=body)
def stored(s3, path):
    file = open(path, mode="rb")
    s3.put_object(Bucket="b", Key="k", Body=file.read())  # expect: HW739
def content(url, path):
    data = open(path, "rb").read()  # expect: HW739
    return httpx.put(url, content=data)
def twice(url, path):
    with open(path, "rb") as file:
        data = file.read()
    print(len(data))
    requests.post(url, data=data)
def block(url, path):
    with open(path, "rb") as file:
        requests.post(url, data=file.read(1 << 20))
def itself(url, path):
    with open(path, "rb") as file:
        requests.post(url, data=file)
def text(url, path):
    with open(path) as file:
        requests.post(url, json=file.read())
def packed(url, path, zlib):
    with open(path, "rb") as file:
        requests.post(url, data=zlib.compress(file.read()))
def other(sink, path):
    with open(path, "rb") as file:
        sink.append(data=file.read())
def returned(path):
    with open(path, "rb") as file:
        return {"files": file.read()}
def form(url, path):
    with open(path, "rb") as file:
        requests.post(url, data={"title": "x"}, files={"file": file})  # expect: HW739
def read_form(url, path):
    with open(path, "rb") as file:
        body = file.read()
    files = {"file": ("a.bin", body)}
    session = requests.Session()
    return session.post(url, files=files)  # expect: HW739
def named(session, url, file):
    session.post(url, files={"file": file})  # expect: HW739
def form_in_blocks(url, path):
    with open(path, "rb") as file:
        httpx.post(url, data={"title": "x"}, files={"file": file})
def form_of_client(url, file):
    with httpx.Client() as client:
        client.post(url, files={"file": file})
def no_files(url):
    requests.post(url, data={"a": 1}, files=None)
def prepared(url, path):
    with open(path, "rb") as file:
        return requests.Request("POST", url, files={"video": file}).prepare()  # expect: HW739
