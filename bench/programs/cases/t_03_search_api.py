"""Session based search API (flask): a session keeps its result pages until it is closed."""
import random
import sys

from blinker import Namespace
from flask import Flask, jsonify, request

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
signals = Namespace()
index_changed = signals.signal("index-changed")
SYLLABLES = ["ka", "lo", "mi", "ran", "te", "vus", "dor", "el", "pha", "six", "um", "bra", "jo", "ne", "quil"]


class Index:
    def __init__(self, rng, docs):
        self.rng = rng
        self.words = ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(700)]
        self.docs = {}
        self.postings = {}
        for doc_id in range(docs):
            self.put(doc_id)

    def put(self, doc_id):
        words = self.rng.choices(self.words, k=70)
        self.docs[doc_id] = " ".join(words)
        for word in set(words):
            self.postings.setdefault(word, set()).add(doc_id)

    def search(self, terms):
        scores = {}
        for term in terms:
            for doc_id in self.postings.get(term, ()):
                scores[doc_id] = scores.get(doc_id, 0) + 1
        return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


class Hit:
    __slots__ = ("doc_id", "score", "snippet")

    def __init__(self, doc_id, score, snippet):
        self.doc_id, self.score, self.snippet = doc_id, score, snippet


class ResultSet:
    """The hits of one search session; told when the index changes under it."""

    def __init__(self, index, terms):
        self.terms = terms
        self.stale = False
        self.hits = [Hit(doc_id, score, self.mark(index.docs[doc_id])) for doc_id, score in index.search(terms)]

    def mark(self, text):
        for term in self.terms:
            text = text.replace(term, f"<b>{term}</b>")
        return text[:420]

    def on_change(self, sender, doc_id):
        self.stale = self.stale or any(hit.doc_id == doc_id for hit in self.hits[:50])

    def page(self, number, size=20):
        return [{"id": h.doc_id, "score": h.score, "snippet": h.snippet}
                for h in self.hits[number * size:(number + 1) * size]]


def watch_bad(result):
    index_changed.connect(result.on_change, weak=False)
    return result


def watch_good(result):
    index_changed.connect(result.on_change)
    return result


class SessionStore:
    def __init__(self, index):
        self.index = index
        self.sessions = {}
        self.closed = 0

    def open(self, token, terms):
        result = ResultSet(self.index, terms)
        self.sessions[token] = watch_bad(result) if ARM == "bad" else watch_good(result)
        return result

    def close(self, token):
        if self.sessions.pop(token, None) is not None:
            self.closed += 1


def create_app(store):
    app = Flask("search")

    @app.post("/sessions/<token>")
    def open_session(token):
        result = store.open(token, request.get_json()["terms"])
        return jsonify(total=len(result.hits))

    @app.get("/sessions/<token>/<int:number>")
    def page(token, number):
        result = store.sessions[token]
        return jsonify(stale=result.stale, hits=result.page(number))

    @app.delete("/sessions/<token>")
    def close_session(token):
        store.close(token)
        return "", 204

    return app


def main():
    rng = random.Random(303)
    store = SessionStore(Index(rng, 2500))
    client = create_app(store).test_client()
    total = served = stale = 0
    for number in range(260):
        token = f"{rng.getrandbits(64):016x}"
        terms = rng.sample(store.index.words, 3)
        total += client.post(f"/sessions/{token}", json={"terms": terms}).get_json()["total"]
        if number % 6 == 0:
            doc_id = rng.randrange(2500)
            store.index.put(doc_id)
            index_changed.send(store.index, doc_id=doc_id)
        for page in range(rng.randint(1, 3)):
            body = client.get(f"/sessions/{token}/{page}").get_json()
            served += len(body["hits"])
            stale += body["stale"]
        client.delete(f"/sessions/{token}")
    print(f"hits={total} served={served} stale={stale} closed={store.closed} open={len(store.sessions)}")
    return store


if __name__ == "__main__":
    SERVER = main()
