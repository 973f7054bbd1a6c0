"""Route support tickets to teams by the nearest team profile in hashed tf-idf space."""
import numpy as np

from textfeatures import HashedTfidf, iter_tickets

N_TICKETS = 4500
N_TEAMS = 18


def load_labels(n):
    return np.arange(n) * 7 % N_TEAMS


def featurise(n):
    vectoriser = HashedTfidf(n_features=4096)
    matrix = vectoriser.fit_transform(iter_tickets(n))
    return matrix.toarray()


def team_profiles(features, labels):
    profiles = np.zeros((N_TEAMS, features.shape[1]))
    for team in range(N_TEAMS):
        mine = np.flatnonzero(labels == team)
        profiles[team] = features[mine].sum(axis=0)
    norms = np.sqrt((profiles ** 2).sum(axis=1))
    return profiles / norms[:, None]


def route(features, profiles):
    similarity = features @ profiles.T
    return similarity.argmax(axis=1), similarity.max(axis=1)


def confusion(labels, routed):
    table = np.zeros((N_TEAMS, N_TEAMS), dtype=np.int64)
    np.add.at(table, (labels, routed), 1)
    return table


def main():
    features = featurise(N_TICKETS)
    labels = load_labels(N_TICKETS)
    profiles = team_profiles(features, labels)
    routed, score = route(features, profiles)
    table = confusion(labels, routed)
    print("tickets", features.shape[0], "features", features.shape[1])
    print("routed right", int(np.trace(table)), "mean similarity %.5f" % score.mean())
    for team in range(0, N_TEAMS, 4):
        print("team", team, "kept", int(table[team, team]), "got", int(table[:, team].sum()))


if __name__ == "__main__":
    main()
