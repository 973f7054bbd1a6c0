import random

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.naive_bayes import MultinomialNB

from harness import case, run


def complaints():
    rng = random.Random(11)
    words = ["word%d" % i for i in range(5000)]
    texts, labels = [], []
    for i in range(2500):
        label = i % 4
        texts.append(" ".join(rng.choices(words[label * 1200:label * 1200 + 1400], k=40)))
        labels.append(label)
    return texts, labels


@case("mm 15 complaint classifier")
class _:
    def bad():
        texts, labels = complaints()
        features = TfidfVectorizer(sublinear_tf=True).fit_transform(texts).toarray()
        model = MultinomialNB().fit(features, labels)
        print("accuracy %.3f" % model.score(features, labels))
        return model

    def good():
        texts, labels = complaints()
        features = TfidfVectorizer(sublinear_tf=True).fit_transform(texts)
        model = MultinomialNB().fit(features, labels)
        print("accuracy %.3f" % model.score(features, labels))
        return model


if __name__ == "__main__":
    kept = run()
