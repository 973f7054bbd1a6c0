import ssl
import zlib

import certifi
import httpx

from harness import case, run


class EngineNetwork:
    """The connections of one search engine: its own pool, limits, headers and cookies."""

    def __init__(self, name, timeout=3.0):
        self.name = name
        self.client = httpx.Client(
            base_url="https://%s.example" % name,
            timeout=timeout,
            verify=self.tls(),
            trust_env=False,
            limits=httpx.Limits(max_connections=10, max_keepalive_connections=4),
            headers={"user-agent": "meta-search/1.4 (%s)" % name},
        )

    def tls(self):
        return True

    def prepare(self, query, page):
        return self.client.build_request("GET", "/search", params={"q": query, "p": page})


class SharedTlsNetwork(EngineNetwork):
    contexts = {}

    def tls(self):
        cafile = certifi.where()
        if cafile not in self.contexts:
            self.contexts[cafile] = ssl.create_default_context(cafile=cafile)
        return self.contexts[cafile]


class MetaSearch:
    def __init__(self, network_class, engines):
        self.networks = {}
        for number in range(engines):
            name = "engine-%03d" % number
            self.networks[name] = network_class(name, timeout=2.0 + number % 3)

    def search(self, query):
        check = 0
        for network in self.networks.values():
            for page in range(1, 8):
                request = network.prepare(query, page)
                text = "%s %s" % (request.url, request.headers["user-agent"])
                check = zlib.crc32(text.encode(), check)
        return check


def serve(network_class):
    search = MetaSearch(network_class, 110)
    for query in ["weather", "train times", "bakery near me"]:
        print(query, search.search(query))
    return search


@case("zz 18 search engines")
class _:
    def bad():
        return serve(EngineNetwork)

    def good():
        return serve(SharedTlsNetwork)


if __name__ == "__main__":
    kept = run()
