"""Trains a naive Bayes classifier of reviews on word features and tries it on some that it has not seen."""
import random

from nltk.classify import NaiveBayesClassifier, accuracy, apply_features

from harness import case, run

PLEASED = [f"nice{n}" for n in range(60)]
CROSS = [f"poor{n}" for n in range(60)]
COMMON = [f"word{n}" for n in range(900)]


class Reviews:
    def __init__(self, seed):
        self.rnd = random.Random(seed)

    def one(self, label):
        tone = PLEASED if label == "pos" else CROSS
        return self.rnd.choices(COMMON, k=110) + self.rnd.choices(tone, k=14)

    def labelled(self, count):
        labels = ["pos", "neg"]
        return [(self.one(label), label) for label in (labels[n % 2] for n in range(count))]


def word_features(words):
    features = {f"contains({word})": True for word in words}
    features["long"] = len(words) > 120
    return features


def feature_list(reviews):
    return [(word_features(words), label) for words, label in reviews]


def feature_map(reviews):
    return apply_features(word_features, reviews, labeled=True)


def train(features_of):
    reviews = Reviews(19)
    training, testing = reviews.labelled(3600), reviews.labelled(30)
    classifier = NaiveBayesClassifier.train(features_of(training))
    best = classifier.most_informative_features(400)
    print(len(training), accuracy(classifier, feature_list(testing)), len(best))
    return classifier


@case("yy 19 review classifier")
class _:
    def bad():
        return train(feature_list)

    def good():
        return train(feature_map)


if __name__ == "__main__":
    kept = run()
