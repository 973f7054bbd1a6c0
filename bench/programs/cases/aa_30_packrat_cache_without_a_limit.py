import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('30 packrat cache without a limit')
class _:
    def setup(): import pyparsing
    def bad():
        import pyparsing as pp
        pp.ParserElement.enable_packrat(cache_size_limit=None)
        name=pp.Word(pp.alphas); number=pp.Word(pp.nums)
        expr=pp.infix_notation(number|name,[(pp.one_of('* /'),2,pp.OpAssoc.LEFT),(pp.one_of('+ -'),2,pp.OpAssoc.LEFT)])
        rule=pp.Group(name+'='+expr+';')
        text='total = price * 3 + fee - ( rate + 7 ) ;\n'*2000
        return sum(1 for _ in pp.OneOrMore(rule).parse_string(text,parse_all=True))
    def good():
        import pyparsing as pp
        pp.ParserElement.enable_packrat(cache_size_limit=128)
        name=pp.Word(pp.alphas); number=pp.Word(pp.nums)
        expr=pp.infix_notation(number|name,[(pp.one_of('* /'),2,pp.OpAssoc.LEFT),(pp.one_of('+ -'),2,pp.OpAssoc.LEFT)])
        rule=pp.Group(name+'='+expr+';')
        text='total = price * 3 + fee - ( rate + 7 ) ;\n'*2000
        return sum(1 for _ in pp.OneOrMore(rule).parse_string(text,parse_all=True))


if __name__ == "__main__":
    kept = run()
