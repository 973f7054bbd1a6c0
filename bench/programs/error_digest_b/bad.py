"""Digest of a service's error messages: how often, which component, how long."""
import numpy as np

N_EVENTS = 36_000
COMPONENTS = ["gateway", "billing", "search", "mailer", "cache"]


def iter_messages(n):
    """Messages as the log shipper hands them over; now and then one with a payload."""
    for i in range(n):
        component = COMPONENTS[i % 5]
        if i % 4000 == 17:
            yield f"{component}: rejected payload " + "".join(chr(97 + (i + j) % 26) for j in range(600))
        else:
            yield f"{component}: timeout after {100 * (i % 37)} ms on node {i % 61}"


def collect(n):
    return np.array(list(iter_messages(n)))


def frequencies(messages):
    """[(message, count)] in the order of the messages."""
    unique, counts = np.unique(messages, return_counts=True)
    return [(str(m), int(c)) for m, c in zip(unique, counts)]


def by_component(freq):
    table = {}
    for message, count in freq:
        component = message.split(":", 1)[0]
        table[component] = table.get(component, 0) + count
    return table


def length_profile(freq):
    lengths = np.array([len(m) for m, _ in freq])
    weights = np.array([c for _, c in freq])
    return float((lengths * weights).sum() / weights.sum()), int(lengths.max())


def main():
    messages = collect(N_EVENTS)
    freq = frequencies(messages)
    mean_length, longest = length_profile(freq)
    print("distinct", len(freq), "mean length %.2f" % mean_length, "longest", longest)
    for component, count in sorted(by_component(freq).items()):
        print(component, count)
    for message, count in sorted(freq, key=lambda mc: (-mc[1], mc[0]))[:6]:
        print(count, message)


if __name__ == "__main__":
    main()
