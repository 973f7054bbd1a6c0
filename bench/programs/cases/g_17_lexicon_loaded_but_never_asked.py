import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('17 lexicon loaded but never asked')
class _:
    def setup():
        import json, re, functools
        def build(path):
            with open(path,'w') as f:
                json.dump({f'word{i:06d}':[i%7,f'lemma{i//3:06d}'] for i in range(230_000)},f)
        fixture('lexicon230.json',build)
    def bad():
        import json
        import re
        class Analyzer:
            def __init__(self,path):
                self.words=re.compile(r'\w+')
                with open(path) as f:
                    self.lexicon=json.load(f)
            def tokenize(self,text):
                return self.words.findall(text.lower())
            def lemma(self,word):
                return self.lexicon[word][1]
        analyzer=Analyzer(os.path.join(D,'lexicon230.json'))
        print('tokens',sum(len(analyzer.tokenize(f'Order {i} has shipped')) for i in range(1000)))
        return analyzer
    def good():
        import functools
        import json
        import re
        class Analyzer:
            def __init__(self,path):
                self.words=re.compile(r'\w+')
                self.path=path
            @functools.cached_property
            def lexicon(self):
                with open(self.path) as f:
                    return json.load(f)
            def tokenize(self,text):
                return self.words.findall(text.lower())
            def lemma(self,word):
                return self.lexicon[word][1]
        analyzer=Analyzer(os.path.join(D,'lexicon230.json'))
        print('tokens',sum(len(analyzer.tokenize(f'Order {i} has shipped')) for i in range(1000)))
        return analyzer


if __name__ == "__main__":
    kept = run()
