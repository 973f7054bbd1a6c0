"""Inventory service that talks to the compute API of several cloud regions."""
import boto3
from botocore.config import Config

from harness import case, run

REGIONS = ["eu-central-1", "eu-west-1", "eu-north-1", "us-east-1", "us-west-2", "ap-south-1"]


class Credentials:
    def __init__(self, key, secret):
        self.key = key
        self.secret = secret

    def session(self):
        return boto3.Session(aws_access_key_id=self.key, aws_secret_access_key=self.secret)


class RegionClient:
    """One region: its API client and the calls that the inventory makes."""

    calls = ("describe_instances", "describe_volumes", "describe_subnets")

    def __init__(self, region, client):
        self.region = region
        self.client = client

    @property
    def endpoint(self):
        return self.client.meta.endpoint_url

    def supported(self):
        return [name for name in self.calls if callable(getattr(self.client, name))]

    def pages(self, name):
        return self.client.can_paginate(name)


class Inventory:
    config = Config(retries={"max_attempts": 2}, connect_timeout=3)

    def __init__(self, credentials, regions):
        self.credentials = credentials
        self.clients = {}
        for region in regions:
            self.clients[region] = RegionClient(region, self.connect(region))

    def connect(self, region):
        session = self.credentials.session()
        return session.client("ec2", region_name=region, config=self.config)

    def overview(self):
        calls = sum(len(client.supported()) for client in self.clients.values())
        paged = sum(client.pages("describe_instances") for client in self.clients.values())
        hosts = ", ".join(client.endpoint.split("//")[1].split(".")[1] for client in self.clients.values())
        return f"{len(self.clients)} regions ({hosts}), {calls} calls, {paged} paged"


class SharedInventory(Inventory):
    def __init__(self, credentials, regions):
        self.session = credentials.session()
        super().__init__(credentials, regions)

    def connect(self, region):
        return self.session.client("ec2", region_name=region, config=self.config)


def start(kind):
    inventory = kind(Credentials("AKIDEXAMPLE", "not-a-secret"), REGIONS)
    print(inventory.overview())
    return inventory


@case("ad 11 cloud inventory")
class _:
    def bad():
        return start(Inventory)

    def good():
        return start(SharedInventory)


if __name__ == "__main__":
    kept = run()
