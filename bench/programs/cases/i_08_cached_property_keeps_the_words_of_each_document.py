import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('08 cached property keeps the words of each document')
class _:
    def setup():
        import re, functools
        re.compile(r'\w+')
    def text(n):
        return ' '.join(f'word{(n*31+k*7)%5003}' for k in range(2800))
    def bad():
        import re
        from functools import cached_property
        class Document:
            def __init__(self,text):
                self.text=text
            @cached_property
            def words(self):
                return re.findall(r'\w+',self.text)
            @cached_property
            def stats(self):
                return len(self.words),len(set(self.words))
        class Library:
            def __init__(self):
                self.documents=[]
            def add(self,text):
                document=Document(text)
                self.documents.append(document)
                return document.stats
        library=Library()
        total=[library.add(CASES['08 cached property keeps the words of each document'].text(n)) for n in range(300)]
        print('words',sum(a for a,_ in total),'distinct',sum(b for _,b in total))
        return library
    def good():
        import re
        from functools import cached_property
        class Document:
            def __init__(self,text):
                self.text=text
            def words(self):
                return re.findall(r'\w+',self.text)
            @cached_property
            def stats(self):
                words=self.words()
                return len(words),len(set(words))
        class Library:
            def __init__(self):
                self.documents=[]
            def add(self,text):
                document=Document(text)
                self.documents.append(document)
                return document.stats
        library=Library()
        total=[library.add(CASES['08 cached property keeps the words of each document'].text(n)) for n in range(300)]
        print('words',sum(a for a,_ in total),'distinct',sum(b for _,b in total))
        return library


if __name__ == "__main__":
    kept = run()
