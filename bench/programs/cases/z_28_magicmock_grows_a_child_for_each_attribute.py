import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('28 MagicMock grows a child for each attribute')
class _:
    def bad():
        from unittest import mock
        flags=mock.MagicMock(); n=0
        for i in range(3000): n+=bool(getattr(flags,f'feature_{i}'))
        return flags,n
    def good():
        class Flags:
            def __getattr__(s,name): return True
        flags=Flags(); n=0
        for i in range(3000): n+=bool(getattr(flags,f'feature_{i}'))
        return flags,n


if __name__ == "__main__":
    kept = run()
