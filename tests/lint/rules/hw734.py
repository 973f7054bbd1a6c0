# sized
from array import array
import numpy as np
from numpy import full
def swaps(a, b):
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]  # expect: HW734
    for i in range(len(a) + 1):
        table[i][0] = i
    for j in range(len(b) + 1):
        table[0][j] = j
    for i, one in enumerate(a, 1):
        for j, other in enumerate(b, 1):
            best = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (one != other))
            if i > 1 and j > 1 and one == b[j - 2]:
                best = min(best, table[i - 2][j - 2] + 1)
            table[i][j] = best
    return table[len(a)][len(b)]
def longest_common(a, b):
    n, m = len(a), len(b)
    dp = [[0 for _ in range(m + 1)] for _ in range(n + 1)]  # expect: HW734
    for i in range(n):
        for j in range(m):
            dp[i + 1][j + 1] = dp[i][j] + 1 if a[i] == b[j] else max(dp[i][j + 1], dp[i + 1][j])
    return dp[n][m]
def of_array(a, b):
    cost = np.zeros((len(a) + 1, len(b) + 1))  # expect: HW734
    cost[:, 0] = np.arange(len(a) + 1)
    cost[0, :] = np.arange(len(b) + 1)
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            cost[i, j] = min(cost[i - 1, j], cost[i, j - 1], cost[i - 1, j - 1]) + abs(a[i - 1] - b[j - 1])
    return cost[-1, -1]
def warped(a, b):
    cost = full((len(a), len(b)), np.inf)  # expect: HW734
    for i in range(1, len(a)):
        cost[i, 1:] = np.minimum(cost[i - 1, 1:], cost[i - 1, :-1]) + abs(a[i] - b[1:])
    return cost[-1].min()
def knapsack(items, limit):
    best = [array("q", [0]) * (limit + 1) for _ in range(len(items) + 1)]  # expect: HW734
    for i, (weight, worth) in enumerate(items, start=1):
        row = best[i]
        for room in range(limit + 1):
            row[room] = best[i - 1][room]
            if weight <= room:
                best[i][room] = max(best[i][room], best[i - 1][room - weight] + worth)
    return best[len(items)][limit]
def backwards(grid):
    n = len(grid)
    paths = [[0] * (n + 1) for _ in range(n + 1)]  # expect: HW734
    for i in range(n - 1, -1, -1):
        for j in range(n - 1, -1, -1):
            paths[i][j] = grid[i][j] + max(paths[i + 1][j], paths[i][j + 1])
    return paths[0][0]
def best_end(scores, moves):
    n = len(scores)
    best = [[0.0] * 8 for _ in range(n)]  # expect: HW734
    for t in range(1, n):
        for s in range(8):
            best[t][s] = max(best[t - 1][r] + moves[r][s] for r in range(8)) + scores[t][s]
    return max(best[n - 1])
def gaps(a, b):
    score = np.zeros((len(a) + 1, len(b) + 1))  # expect: HW734
    for i in range(1, len(a) + 1):
        score[i][0] = score[i - 1][0] - 2
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            score[i][j] = max(score[i - 1][j], score[i][j - 1], score[i - 1][j - 1] + (a[i - 1] == b[j - 1]))
    return score[len(a)][len(b)]
def given_back(a, b):
    table = [[0] * len(b) for _ in range(len(a))]
    for i in range(1, len(a)):
        for j in range(1, len(b)):
            table[i][j] = table[i - 1][j] + table[i][j - 1]
    return table
def walked_back(a, b):
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            table[i][j] = max(table[i - 1][j], table[i][j - 1]) + (a[i - 1] == b[j - 1])
    i, j, found = len(a), len(b), []
    while i and j:
        if table[i][j] == table[i - 1][j]:
            i -= 1
        else:
            j -= 1
            found.append(b[j])
    return found
def printed(a, b):
    table = [[0] * len(b) for _ in range(len(a))]
    for i in range(1, len(a)):
        for j in range(1, len(b)):
            table[i][j] = table[i - 1][j] + table[i][j - 1]
    print(table)
def of_intervals(a):
    n = len(a)
    table = [[0] * n for _ in range(n)]
    for length in range(2, n):
        for i in range(n - length):
            j = i + length
            table[i][j] = min(table[i][k] + table[k + 1][j] for k in range(i, j))
    return table[0][n - 1]
def all_rows(a):
    n = len(a)
    table = [[0] * n for _ in range(n)]
    for i in range(1, n):
        for j in range(n):
            table[i][j] = max(table[k][j] for k in range(i)) + a[i]
    return table[-1][-1]
def far_back(n):
    table = [[0] * n for _ in range(n)]
    for i in range(7, n):
        for j in range(n):
            table[i][j] = table[i - 7][j] + 1
    return table[-1][-1]
def any_row(a, b, asked):
    table = [[0] * len(b) for _ in range(len(a))]
    for i in range(1, len(a)):
        for j in range(len(b)):
            table[i][j] = table[i - 1][j] + a[i]
    return table[asked][0]
def every_end(a, b):
    table = [[0] * len(b) for _ in range(len(a))]
    for i in range(1, len(a)):
        for j in range(len(b)):
            table[i][j] = table[i - 1][j] + a[i]
    return [table[i][-1] for i in range(len(a))]
def by_inner(a, b):
    table = [[0] * len(b) for _ in range(len(a))]
    for j in range(1, len(b)):
        for i in range(1, len(a)):
            table[i][j] = table[i - 1][j] + table[i][j - 1]
    return table[-1][-1]
def in_rows(a, b):
    above = [0] * len(b)
    for one in a:
        row = [one] * len(b)
        for j in range(1, len(b)):
            row[j] = max(above[j], row[j - 1])
        above = row
    return above[-1]
def counted(pairs, n):
    seen = [[0] * n for _ in range(n)]
    for i, j in pairs:
        seen[i][j] += 1
    return sum(seen[0])
def closed_over(a, b):
    table = [[0] * len(b) for _ in range(len(a))]
    for i in range(1, len(a)):
        table[i][0] = table[i - 1][0] + 1
    return lambda: table[-1][0]
def every_second(n, m):
    table = [[1] * m for _ in range(n)]
    for i in range(1, n, 2):
        for j in range(m):
            table[i][j] = table[i - 1][j] + j
    return table[-1][0]
def by_one(n, m):
    table = [[1] * m for _ in range(n)]  # expect: HW734
    for i in range(1, n, 1):
        for j in range(m):
            table[i][j] = table[i - 1][j] + j
    return table[-1][0]
def by_names(first, second):
    steps = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]  # expect: HW734
    steps[0] = list(range(len(second) + 1))
    for row, word in enumerate(first, 1):
        above, line = steps[row - 1], steps[row]
        line[0] = row
        for column, other in enumerate(second, 1):
            line[column] = min(above[column] + 1, line[column - 1] + 1, above[column - 1] + (word != other))
    return steps[-1][-1]
def by_names_that_stay(first, second):
    steps = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    kept = []
    for row, word in enumerate(first, 1):
        above, line = steps[row - 1], steps[row]
        for column, other in enumerate(second, 1):
            line[column] = min(above[column] + 1, line[column - 1] + 1)
        kept.append(line)
    return kept, steps[-1][-1]
