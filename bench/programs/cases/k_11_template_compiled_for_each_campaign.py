import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def logo_of(campaign):
    return f"{campaign:08x}" * 3_500


@case('11 template compiled for each campaign')
class _:
    def setup():
        import jinja2

    def bad():
        import jinja2

        def load_template(name):
            number = int(name.rpartition("/")[2])
            return (f"<h1>Offer {number} for {{{{ customer }}}}</h1>\n"
                    f"<img src='data:image/png;base64,{logo_of(number)}'>\n"
                    "{% if price < 500 %}<p>now {{ price }}</p>{% endif %}\n")

        class Mailer:
            def __init__(self):
                self.templates = jinja2.Environment(
                    loader=jinja2.FunctionLoader(load_template), cache_size=-1)

            def mail(self, campaign, customer):
                template = self.templates.get_template(f"campaign/{campaign}")
                return template.render(customer=customer, price=campaign // 2)

        mailer = Mailer()
        sent = 0
        for campaign in range(2_500):
            sent += len(mailer.mail(campaign, "Jo"))
        print(f"2500 campaigns, {sent} characters")
        return mailer

    def good():
        import jinja2

        def load_template(name):
            return ("<h1>Offer {{ number }} for {{ customer }}</h1>\n"
                    "<img src='data:image/png;base64,{{ logo }}'>\n"
                    "{% if price < 500 %}<p>now {{ price }}</p>{% endif %}\n")

        class Mailer:
            def __init__(self):
                self.templates = jinja2.Environment(
                    loader=jinja2.FunctionLoader(load_template), cache_size=-1)

            def mail(self, campaign, customer):
                template = self.templates.get_template("campaign")
                return template.render(number=campaign, logo=logo_of(campaign),
                                       customer=customer, price=campaign // 2)

        mailer = Mailer()
        sent = 0
        for campaign in range(2_500):
            sent += len(mailer.mail(campaign, "Jo"))
        print(f"2500 campaigns, {sent} characters")
        return mailer


if __name__ == "__main__":
    kept = run()
