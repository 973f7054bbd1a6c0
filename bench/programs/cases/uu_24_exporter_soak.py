from unittest import mock

from harness import case, run

ROUNDS = 40
METERS = 80


class BrokerClient:
    def connect(self, host):
        raise ConnectionError(host)

    def publish(self, topic, payload, qos=0):
        raise ConnectionError(topic)


class Exporter:
    """Publishes the load profile of every meter to the message broker."""

    def __init__(self, client):
        self.client = client
        self.octets = 0
        client.connect("broker.local")

    def profile(self, meter, round_number):
        values = [(meter * 31 + round_number * 7 + quarter * 13) % 2400 for quarter in range(96)]
        load = ",".join(map(str, values))
        lines = [f"DE{meter:010d};{round_number}", *(f"{day};{load}" for day in range(44))]
        return "\n".join(lines).encode()

    def export(self, round_number):
        for meter in range(METERS):
            payload = self.profile(meter, round_number)
            self.client.publish(f"meters/{meter}/profile", payload, qos=1)
            self.octets += len(payload)


class CountingBroker:
    def __init__(self):
        self.published = 0

    def connect(self, host):
        self.host = host

    def publish(self, topic, payload, qos=0):
        self.published += 1


def soak(client):
    exporter = Exporter(client)
    for round_number in range(ROUNDS):
        exporter.export(round_number)
    return exporter


@case("uu 24 exporter soak test")
class _:
    def bad():
        client = mock.create_autospec(BrokerClient, instance=True)
        exporter = soak(client)
        print("published", client.publish.call_count, "octets", exporter.octets)
        return exporter

    def good():
        client = CountingBroker()
        exporter = soak(client)
        print("published", client.published, "octets", exporter.octets)
        return exporter


if __name__ == "__main__":
    kept = run()
