import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('46 mail header string carries its parse tree')
class _:
    def setup(): import email.policy, email.parser, email.headerregistry
    def run(conv):
        import email, email.policy
        out=[]
        for i in range(3000):
            m=email.message_from_string(f'From: a@example.com\nSubject: weekly report number {i} of the northern sales region for all of the managers\n\nhi\n',policy=email.policy.default)
            out.append(conv(m['subject']))
        return out
    def bad(): return CASES['46 mail header string carries its parse tree'].run(lambda h: h)
    def good(): return CASES['46 mail header string carries its parse tree'].run(lambda h: str(h))


if __name__ == "__main__":
    kept = run()
