import http.server
import json
import ssl
import threading

import httpx

from harness import CASES, D, case, fixture, run


class Billing(http.server.BaseHTTPRequestHandler):
    """The remote service, on localhost."""

    def do_GET(self):
        tenant = self.headers["X-Tenant"]
        body = json.dumps({"tenant": tenant, "open": sum(tenant.encode()) % 97}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class Tenants:
    """One configured client for each tenant, made on first use and kept for its connection pool."""

    def __init__(self, base_url):
        self.base_url = base_url
        self.clients = {}

    def make(self, tenant):
        raise NotImplementedError

    def client(self, tenant):
        if tenant not in self.clients:
            self.clients[tenant] = self.make(tenant)
        return self.clients[tenant]

    def open_invoices(self, tenant):
        answer = self.client(tenant).get("/invoices")
        answer.raise_for_status()
        return answer.json()["open"]


class TenantsPlain(Tenants):
    def make(self, tenant):
        return httpx.Client(base_url=self.base_url, headers={"X-Tenant": tenant}, trust_env=False)


class TenantsShared(Tenants):
    def __init__(self, base_url):
        super().__init__(base_url)
        self.tls = httpx.create_ssl_context(trust_env=False)

    def make(self, tenant):
        return httpx.Client(base_url=self.base_url, headers={"X-Tenant": tenant}, trust_env=False,
                            verify=self.tls)


def sync(tenants_class, count=90):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Billing)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    tenants = tenants_class("http://127.0.0.1:%d" % server.server_port)
    invoices = {}
    for round_ in range(2):
        for i in range(count):
            name = f"tenant-{i:03d}"
            invoices[name] = tenants.open_invoices(name)
    server.shutdown()
    return tenants, invoices


@case('14 an HTTP client with its own TLS context per tenant')
class _:
    def bad():
        return sync(TenantsPlain)

    def good():
        return sync(TenantsShared)


if __name__ == "__main__":
    kept = run()
