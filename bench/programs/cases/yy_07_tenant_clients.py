"""A controller that reconciles instances of several tenants, each with credentials and a client of its own."""
import os

import boto3
from botocore.config import Config

from harness import case, run

os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")
TENANTS = ["acme", "bolt", "cove", "dune"]
CONFIG = Config(connect_timeout=2, retries={"max_attempts": 1})


class Tenant:
    def __init__(self, name):
        self.name = name
        self.keys = {
            "aws_access_key_id": f"AKIA{name.upper():0<16}",
            "aws_secret_access_key": name * 8,
            "region_name": "eu-west-1",
        }


def session_client(tenant):
    session = boto3.Session(**tenant.keys)
    return session.client("ec2", config=CONFIG)


def default_client(tenant):
    return boto3.client("ec2", config=CONFIG, **tenant.keys)


class Controller:
    def __init__(self, names, connect):
        self.tenants = [Tenant(name) for name in names]
        self.connect = connect
        self.clients = {}

    def client(self, tenant):
        if tenant.name not in self.clients:
            self.clients[tenant.name] = self.connect(tenant)
        return self.clients[tenant.name]

    def reconcile(self):
        seen = 0
        for tenant in self.tenants:
            client = self.client(tenant)
            for call in ("describe_instances", "describe_vpcs"):
                url = client.generate_presigned_url(call, Params={"MaxResults": 50}, ExpiresIn=60)
                seen += "Action=" in url
        return seen


def control(connect):
    controller = Controller(TENANTS, connect)
    rounds = [controller.reconcile() for _ in range(150)]
    print(len(controller.clients), len(set(rounds)), rounds[0])
    return controller


@case("yy 07 tenant clients")
class _:
    def bad():
        return control(session_client)

    def good():
        return control(default_client)


if __name__ == "__main__":
    kept = run()
