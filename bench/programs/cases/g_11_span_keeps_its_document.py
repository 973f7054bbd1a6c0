import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('11 span keeps its document')
class _:
    def bad():
        import re
        class Span:
            __slots__=('doc','start','end')
            def __init__(self,doc,start,end):
                self.doc=doc
                self.start=start
                self.end=end
            @property
            def text(self):
                return self.doc.text[self.start:self.end]
        class Document:
            def __init__(self,text):
                self.text=text
            def entities(self):
                for m in re.finditer(r'\b[A-Z]{3}-\d+\b',self.text):
                    yield Span(self,m.start(),m.end())
        mentions=[]
        for i in range(150):
            doc=Document(f'order INV-{i} was paid, '+'and then it was sent on '*17_000)
            mentions.extend(doc.entities())
        print('mentions',len(mentions),mentions[-1].text)
        return mentions
    def good():
        import re
        class Span:
            __slots__=('doc','start','end')
            def __init__(self,doc,start,end):
                self.doc=doc
                self.start=start
                self.end=end
            @property
            def text(self):
                return self.doc.text[self.start:self.end]
        class Document:
            def __init__(self,text):
                self.text=text
            def entities(self):
                for m in re.finditer(r'\b[A-Z]{3}-\d+\b',self.text):
                    yield Span(self,m.start(),m.end())
        mentions=[]
        for i in range(150):
            doc=Document(f'order INV-{i} was paid, '+'and then it was sent on '*17_000)
            mentions.extend(span.text for span in doc.entities())
        print('mentions',len(mentions),mentions[-1])
        return mentions


if __name__ == "__main__":
    kept = run()
