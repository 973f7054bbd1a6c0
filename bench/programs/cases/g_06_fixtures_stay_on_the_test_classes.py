import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('06 fixtures stay on the test classes')
class _:
    def setup():
        import unittest
    def bad():
        import io
        import unittest
        class StoreTest(unittest.TestCase):
            size=0
            @classmethod
            def setUpClass(cls):
                cls.snapshot=bytearray(b'f')*cls.size
            def test_size(self):
                self.assertEqual(len(self.snapshot),self.size)
            def test_tail(self):
                self.assertEqual(self.snapshot[-1],ord('f'))
        class OrdersTest(StoreTest):
            size=36_000_000
        class PricesTest(StoreTest):
            size=34_000_000
        class StockTest(StoreTest):
            size=35_000_000
        cases=[OrdersTest,PricesTest,StockTest]
        loader=unittest.defaultTestLoader
        suite=unittest.TestSuite(loader.loadTestsFromTestCase(c) for c in cases)
        result=unittest.TextTestRunner(stream=io.StringIO()).run(suite)
        print('ran',result.testsRun,result.wasSuccessful())
        return cases
    def good():
        import io
        import unittest
        class StoreTest(unittest.TestCase):
            size=0
            @classmethod
            def setUpClass(cls):
                cls.snapshot=bytearray(b'f')*cls.size
            @classmethod
            def tearDownClass(cls):
                del cls.snapshot
            def test_size(self):
                self.assertEqual(len(self.snapshot),self.size)
            def test_tail(self):
                self.assertEqual(self.snapshot[-1],ord('f'))
        class OrdersTest(StoreTest):
            size=36_000_000
        class PricesTest(StoreTest):
            size=34_000_000
        class StockTest(StoreTest):
            size=35_000_000
        cases=[OrdersTest,PricesTest,StockTest]
        loader=unittest.defaultTestLoader
        suite=unittest.TestSuite(loader.loadTestsFromTestCase(c) for c in cases)
        result=unittest.TextTestRunner(stream=io.StringIO()).run(suite)
        print('ran',result.testsRun,result.wasSuccessful())
        return cases


if __name__ == "__main__":
    kept = run()
