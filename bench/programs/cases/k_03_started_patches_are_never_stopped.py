import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


class Gateway:
    feed = b""

    def items(self):
        return self.feed.count(b"<item>")


def feed_with(items):
    return b"<item>" + b"<item>some product text of a supplier</item>" * items


@case('03 started patches are never stopped')
class _:
    def setup():
        import io
        import unittest
        from unittest import mock

    def bad():
        import io
        import unittest
        from unittest import mock

        class ImportTest(unittest.TestCase):
            def setUp(self):
                patcher = mock.patch.object(Gateway, "feed", feed_with(9_000))
                patcher.start()

            def test_import(self):
                self.assertEqual(Gateway().items(), 9_001)

        suite = unittest.TestSuite(ImportTest("test_import") for _ in range(220))
        result = unittest.TextTestRunner(stream=io.StringIO()).run(suite)
        print(f"{result.testsRun} tests, {len(result.failures)} failures, {len(result.errors)} errors")
        return result

    def good():
        import io
        import unittest
        from unittest import mock

        class ImportTest(unittest.TestCase):
            def setUp(self):
                patcher = mock.patch.object(Gateway, "feed", feed_with(9_000))
                patcher.start()
                self.addCleanup(patcher.stop)

            def test_import(self):
                self.assertEqual(Gateway().items(), 9_001)

        suite = unittest.TestSuite(ImportTest("test_import") for _ in range(220))
        result = unittest.TextTestRunner(stream=io.StringIO()).run(suite)
        print(f"{result.testsRun} tests, {len(result.failures)} failures, {len(result.errors)} errors")
        return result


if __name__ == "__main__":
    kept = run()
