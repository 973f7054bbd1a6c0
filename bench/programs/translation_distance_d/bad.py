"""Rate how much the reviewers changed the translations of a project."""
import hashlib

WORDS = (
    "the server stores each translation unit with its source string and context so that "
    "reviewers may compare suggestions accept reject or comment on them before the next release"
).split()
UNITS = 40
LONG_UNITS = (7, 23)


def make_text(seed, length):
    """A text of pseudo-random words, always the same for a seed."""
    words, size, state = [], 0, seed * 7919 + 13
    while size < length:
        state = (state * 1103515245 + 12345) % 2**31
        word = WORDS[(state >> 8) % len(WORDS)]
        words.append(word)
        size += len(word) + 1
    return " ".join(words)


def review(text, unit):
    """What a reviewer makes of a text: swaps letters, drops and adds words."""
    letters = list(text)
    for k in range(10 + unit % 4, len(letters) - 2, 37 + unit % 9):
        letters[k], letters[k + 1] = letters[k + 1], letters[k]
    words = "".join(letters).split(" ")
    del words[3 + unit % 5::29]
    words.insert(len(words) // 2, f"(unit {unit})")
    return " ".join(words)


def damerau_levenshtein(a, b):
    """Number of edits and swaps that lead from one text to the other."""
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) + 1):
        table[i][0] = i
    for j in range(len(b) + 1):
        table[0][j] = j
    for i, one in enumerate(a, 1):
        for j, other in enumerate(b, 1):
            best = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (one != other))
            if i > 1 and j > 1 and one == b[j - 2] and a[i - 2] == other:
                best = min(best, table[i - 2][j - 2] + 1)
            table[i][j] = best
    return table[len(a)][len(b)]


class Review:
    def __init__(self, unit):
        self.unit = unit
        self.before = make_text(unit, 1350 if unit in LONG_UNITS else 90 + unit * 3)
        self.after = review(self.before, unit)

    @property
    def digest(self):
        return hashlib.md5(self.after.encode()).hexdigest()[:6]

    def distance(self):
        return damerau_levenshtein(self.before, self.after)


def main():
    total = letters = 0
    heavy = []
    for unit in range(UNITS):
        change = Review(unit)
        distance = change.distance()
        total += distance
        letters += len(change.before)
        if distance > 40:
            heavy.append((unit, len(change.before), distance, change.digest))
    print("units", UNITS, "letters", letters, "changes", total)
    for unit, length, distance, digest in heavy:
        print(f"unit {unit}: {distance} changes in {length} letters, {digest}")


if __name__ == "__main__":
    main()
