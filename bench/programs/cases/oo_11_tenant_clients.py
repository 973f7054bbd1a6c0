import ssl

import certifi
import httpx

from harness import case, run

TENANTS = 110


class TenantGateway:
    """One client for each tenant, so that cookies and tokens stay apart."""

    def __init__(self):
        self.clients = {}

    def open_client(self, tenant):
        return httpx.Client(
            base_url=f"https://{tenant}.billing.example",
            headers={"X-Tenant": tenant},
            trust_env=False,
        )

    def client(self, tenant):
        if tenant not in self.clients:
            self.clients[tenant] = self.open_client(tenant)
        return self.clients[tenant]


class SharedTrustGateway(TenantGateway):
    def __init__(self):
        super().__init__()
        self.trust = ssl.create_default_context(cafile=certifi.where())

    def open_client(self, tenant):
        return httpx.Client(
            base_url=f"https://{tenant}.billing.example",
            headers={"X-Tenant": tenant},
            trust_env=False,
            verify=self.trust,
        )


def prepare_invoices(gateway):
    hosts = set()
    for number in range(TENANTS * 40):
        client = gateway.client(f"tenant-{number % TENANTS:03d}")
        request = client.build_request("GET", "/invoices", params={"page": number // TENANTS})
        hosts.add(request.url.host)
    print("clients", len(gateway.clients), "hosts", len(hosts), min(hosts), max(hosts))
    return gateway


@case("oo 11 tenant clients")
class _:
    def bad():
        return prepare_invoices(TenantGateway())

    def good():
        return prepare_invoices(SharedTrustGateway())


if __name__ == "__main__":
    kept = run()
