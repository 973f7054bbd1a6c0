import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('05 mail index keeps the parse trees of headers')
class _:
    def setup():
        import email, email.policy
        m=email.message_from_bytes(CASES['05 mail index keeps the parse trees of headers'].mail(0),policy=email.policy.default)
        m['Subject'],m['To']
    def mail(i):
        to=', '.join(f'Team Member {k} <member{k}@team{i%9}.example.org>' for k in range(6))
        return (f'From: Sender {i} <sender{i}@example.org>\r\nTo: {to}\r\n'
                f'Subject: Report number {i} of the nightly run is ready to be read\r\n\r\nbody\r\n').encode()
    def bad():
        import email
        import email.policy
        class MailIndex:
            def __init__(self):
                self.rows=[]
            def add(self,raw):
                message=email.message_from_bytes(raw,policy=email.policy.default)
                self.rows.append((message['Subject'],message['To']))
            def search(self,word):
                return sum(word in subject for subject,to in self.rows)
        index=MailIndex()
        for i in range(450):
            index.add(CASES['05 mail index keeps the parse trees of headers'].mail(i))
        print('found',index.search('number 1'),'chars',sum(len(to) for _,to in index.rows))
        return index
    def good():
        import email
        import email.policy
        class MailIndex:
            def __init__(self):
                self.rows=[]
            def add(self,raw):
                message=email.message_from_bytes(raw,policy=email.policy.default)
                self.rows.append((str(message['Subject']),str(message['To'])))
            def search(self,word):
                return sum(word in subject for subject,to in self.rows)
        index=MailIndex()
        for i in range(450):
            index.add(CASES['05 mail index keeps the parse trees of headers'].mail(i))
        print('found',index.search('number 1'),'chars',sum(len(to) for _,to in index.rows))
        return index


if __name__ == "__main__":
    kept = run()
