"""Programs as in `flow_cases`, where a rule has more than one kind: rule and kind -> (wasteful, mended)."""

from __future__ import annotations

VARIANTS = {
    "HW712:with": (
        """
        import json, sys
        def main():
            with open(sys.argv[1] + "/many.json") as file:
                document = json.load(file)
            total = sum(each["n"] for each in document)
            print(total, work(40_000_000))
        def work(n):
            return len(bytearray(n))
        main()
        """,
        """
        import json, sys
        def main():
            with open(sys.argv[1] + "/many.json") as file:
                document = json.load(file)
            total = sum(each["n"] for each in document)
            del document
            print(total, work(40_000_000))
        def work(n):
            return len(bytearray(n))
        main()
        """,
    ),
}  # fmt: skip
