import time

from flask import Flask, current_app, g

from harness import case, run


def create_app():
    app = Flask("mailer")
    app.config["LOCALE"] = "en"
    return app


def load_template(number):
    return "Dear customer %d, your order is on its way. " % number * 5000


def send_newsletter(number):
    g.template = load_template(number)
    g.locale = current_app.config["LOCALE"]
    return g.template.count("order")


def job_push(app, number):
    app.app_context().push()
    return send_newsletter(number)


def job_with(app, number):
    with app.app_context():
        return send_newsletter(number)


def work(job):
    app = create_app()
    sent = 0
    for number in range(400):
        sent += job(app, number)
    time.sleep(0.3)
    print("sent", sent)
    return app


@case("nn 04 flask worker")
class _:
    def bad():
        return work(job_push)

    def good():
        return work(job_with)


if __name__ == "__main__":
    kept = run()
