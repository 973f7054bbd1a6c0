import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E25 jinja environment with a bounded template cache')
class _:
    def setup():
        import jinja2, random
        os.makedirs(D+'/e4_tpl2',exist_ok=True); r=random.Random(25)
        words=[f'{a}{b}' for a in ('help','term','price','route') for b in range(2000)]
        for i in range(300):
            if os.path.exists(f'{D}/e4_tpl2/page{i}.html'): continue
            rows=''.join(f'<section>{{% if u.f{j} %}}<h2>{{{{ u.f{j}|upper }}}}</h2>{{% endif %}}<p>{" ".join(r.choices(words,k=300))}</p></section>\n' for j in range(30))
            with open(f'{D}/e4_tpl2/page{i}.html','w') as f: f.write(f'<h1>{i} {{{{ u.name }}}}</h1>{{% for k in u.tags %}}<i>{{{{ k }}}}</i>{{% endfor %}}{rows}')
    def good():
        import jinja2, random
        env=jinja2.Environment(loader=jinja2.FileSystemLoader(D+'/e4_tpl2'),cache_size=320,autoescape=True,auto_reload=False)
        r=random.Random(1); out=0
        for req in range(6000):
            u={'name':f'user <{req}>','tags':('a','b','c')[:req%4],**{f'f{j}':'x' for j in range(req%5,30,3)}}
            out+=len(env.get_template(f'page{r.randrange(300)}.html').render(u=u))
        assert len(env.cache)==300
        return env,out


if __name__ == "__main__":
    kept = run()
