import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build_tagged(path):
    import pandas as pd
    tags = ['roads', 'school', 'water', 'council', 'sport', 'market', 'music', 'harbour', 'railway']
    pd.DataFrame({
        'title': [f'Report {n} from the district' for n in range(40_000)],
        'abstract': [f'In report {n} the editors describe what happened. ' * 7 for n in range(40_000)],
        'tags': [','.join(tags[(n + k * (1 + n % 4)) % 9] for k in range(7)) for n in range(40_000)],
    }).to_parquet(path)


@case('23 explode repeats the whole article')
class _:
    def setup():
        import pandas, pyarrow.parquet
        fixture('l_tagged.parquet', build_tagged)

    def bad():
        import pandas as pd

        def tag_counts(articles):
            tagged = articles.assign(tag=articles['tags'].str.split(',')).explode('tag')
            return tagged.groupby('tag').size()

        articles = pd.read_parquet(os.path.join(D, 'l_tagged.parquet'))
        counts = tag_counts(articles)
        print({tag: int(count) for tag, count in counts.sort_index().items()})
        return articles

    def good():
        from collections import Counter
        import pandas as pd

        def tag_counts(articles):
            counts = Counter()
            for tags in articles['tags']:
                counts.update(tags.split(','))
            return pd.Series(counts)

        articles = pd.read_parquet(os.path.join(D, 'l_tagged.parquet'))
        counts = tag_counts(articles)
        print({tag: int(count) for tag, count in counts.sort_index().items()})
        return articles


if __name__ == "__main__":
    kept = run()
