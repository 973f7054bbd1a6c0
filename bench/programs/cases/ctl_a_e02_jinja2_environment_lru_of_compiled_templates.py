import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def prose(r,n): return r.randbytes(n).translate(LETTERS).decode()


@case('e02 jinja2 environment, LRU of compiled templates')
class _:
    def setup():
        import jinja2, random
        if os.path.exists(D+'/e_tpl/mail89.html'): return
        os.makedirs(D+'/e_tpl',exist_ok=True)
        r=random.Random(2)
        for k in range(90):
            with open(f'{D}/e_tpl/mail{k}.html','w') as f:
                for j in range(24): f.write(f'<section id="s{k}-{j}">{prose(r,9000)}{{% if user.level > {j%7} %}}<h2>{{{{ user.name|e }}}} / part {k}.{j}</h2>{{% for it in items[:{j%5+1}] %}}<li class="c{k*97+j}">{{{{ it.title|upper }}}}: {{{{ it.price * {j+1} }}}}</li>{{% endfor %}}{{% endif %}}{prose(r,2000)}</section>\n')
    def good():
        import jinja2, random
        env=jinja2.Environment(loader=jinja2.FileSystemLoader(D+'/e_tpl'),cache_size=100,auto_reload=False)
        rnd=random.Random(2); items=[{'title':f'item {i}','price':i+1} for i in range(6)]; sent=0
        for req in range(1500):
            t=env.get_template(f'mail{rnd.randrange(90)}.html')
            sent+=len(t.render(user={'name':f'user{req}','level':req%9},items=items))
        return env,sent


if __name__ == "__main__":
    kept = run()
