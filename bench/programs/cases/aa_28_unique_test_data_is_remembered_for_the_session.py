import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('28 unique test data is remembered for the session')
class _:
    def setup(): import faker
    def bad():
        from faker import Faker
        fake=Faker(); total=0
        for test in range(400):
            customers=[{'id':fake.unique.numerify('customer-##########'),'balance':0} for _ in range(1000)]
            total+=len(customers)
        return fake,total
    def good():
        from faker import Faker
        fake=Faker(); total=0
        for test in range(400):
            customers=[{'id':fake.unique.numerify('customer-##########'),'balance':0} for _ in range(1000)]
            total+=len(customers); fake.unique.clear()
        return fake,total


if __name__ == "__main__":
    kept = run()
