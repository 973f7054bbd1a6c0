# sized
import contextlib
import hashlib
import io
import json
import shutil
import tempfile
import urllib.request
from pathlib import Path
from urllib.request import urlopen
import httpx
import requests
from requests import Session
class Client:
    def __init__(self):
        self.session = requests.Session()
        self._other = None
    def fetch(self, link, target):
        response = self.session.get(self.base + link, headers={})  # expect: HW737
        response.raise_for_status()
        with open(target, "wb") as out:
            for chunk in response.iter_content(1 << 16):
                out.write(chunk)
        return target
    def streamed(self, link, target):
        response = self.session.get(link, stream=True)
        with open(target, "wb") as out:
            for chunk in response.iter_content(1 << 16):
                out.write(chunk)
    def parsed(self, link):
        return self.session.get(link).json()
    def may_stream(self, link, out, **options):
        for chunk in self.session.get(link, **options).iter_content(4096):
            out.write(chunk)
def whole(url, path):
    answer = requests.get(url, timeout=10)  # expect: HW737
    if answer.status_code != 200:
        raise OSError(url)
    with open(path, "wb") as file:
        file.write(answer.content)
def at_once(url, path):
    Path(path).write_bytes(requests.post(url, json={}).content)  # expect: HW737
def in_with(url, path):
    with requests.get(url) as answer, open(path, "wb") as out:  # expect: HW737
        for chunk in answer.iter_content(chunk_size=8192):
            out.write(chunk)
def by_line(url):
    with Session() as session:
        answer = session.get(url)  # expect: HW737
        return sum(1 for line in answer.iter_lines() if line)
def given(session, url, path):
    answer = session.get(url)  # expect: HW737
    with open(path, "wb") as out:
        for chunk in answer.iter_content(4096):
            out.write(chunk)
def copied(url, path):
    body = requests.get(url).content  # expect: HW737
    with open(path, "wb") as out:
        shutil.copyfileobj(io.BytesIO(body), out)
def with_httpx(url):
    answer = httpx.get(url)  # expect: HW737
    with tempfile.NamedTemporaryFile() as out:
        out.write(answer.content)
def lines_of(url):
    for line in requests.get(url).content.decode().splitlines():  # expect: HW737
        print(line)
def opened(url, path):
    with urlopen(url) as response, open(path, "wb") as out:
        out.write(response.read())  # expect: HW737
def opened_by_name(url, path):
    response = urllib.request.urlopen(url)
    body = response.read()  # expect: HW737
    with open(path, "wb") as out:
        out.write(body)
def parsed(url):
    return json.loads(requests.get(url).content)
def used_twice(url, path):
    answer = requests.get(url)
    with open(path, "wb") as out:
        out.write(answer.content)
    return len(answer.content)
def given_back(url):
    answer = requests.get(url)
    answer.raise_for_status()
    return answer
def streamed(url, path):
    with requests.get(url, stream=True) as answer, open(path, "wb") as out:
        for chunk in answer.iter_content(4096):
            out.write(chunk)
def kept_pieces(url):
    found = []
    for chunk in requests.get(url).iter_content(4096):
        found.append(chunk)
    return found
def of_dict(cache, path):
    with open(path, "w") as out:
        out.write(cache.get("text").text)
def copied_well(url, path):
    with urlopen(url) as response, open(path, "wb") as out:
        shutil.copyfileobj(response, out)
def in_pieces(url, out):
    with urlopen(url) as response:
        while part := response.read(4096):
            out.write(part)
def headers(url):
    return requests.get(url).headers
def connected():
    class Adapter(requests.adapters.HTTPAdapter):
        def send(self, request, **options): return self.build_response(request, None)
    made = requests.Session()
    made.mount("mock://", Adapter())
    return made
def by_a_function(link, target):
    answer = connected().get(link)  # expect: HW737
    with open(target, "wb") as out:
        out.write(answer.content)
def get_session(): return open
def of_another(link, target):
    answer = get_session().get(link)  # expect: HW737
    with open(target, "wb") as out:
        out.write(answer.content)
def table():
    return {}
def of_a_table(key, target):
    entry = table().get(key)
    with open(target, "wb") as out:
        out.write(entry.content)


class Mirror:
    def __init__(self):
        self.session = requests.Session()

    def blocks(self, url):
        answer = self.session.get(url)  # expect: HW737
        answer.raise_for_status()
        yield answer.content

    def bodies(self, urls):
        for url in urls:
            answer = self.session.get(url)
            yield answer.content

    def both(self, url):
        answer = self.session.get(url)
        yield "begin"
        yield answer.content

    @contextlib.contextmanager
    def body(self, url):
        answer = self.session.get(url)
        yield answer.content


def written_and_hashed(session, link, out):
    answer = session.get(link)  # expect: HW737
    answer.raise_for_status()
    out.write(answer.content)
    return hashlib.sha256(answer.content).hexdigest()


def by_one_name(link, path):
    body = requests.get(link).content  # expect: HW737
    digest = hashlib.sha256()
    digest.update(body)
    with open(path, "wb") as file:
        file.write(body)
    return digest.hexdigest()


def hashed_alone(link):
    return hashlib.sha256(requests.get(link).content).hexdigest()  # expect: HW737


def hashed_and_parsed(link):
    answer = requests.get(link)
    return hashlib.sha256(answer.content).hexdigest(), answer.json()


def written_to_a_log(link, log):
    log.write(requests.get(link).content)


def hashed_again(link, names):
    answer = requests.get(link)
    return [hashlib.new(name, answer.content).hexdigest() for name in names]
