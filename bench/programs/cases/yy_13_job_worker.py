"""A queue worker beside a Flask application; jobs use the application's configuration and `g`."""
import json
import queue

from flask import Flask, current_app, g

from harness import case, run


def create_app():
    app = Flask("reports")
    app.config["CURRENCY"] = "EUR"
    app.config["ROWS"] = 1300
    return app


def load_orders(customer):
    g.orders = json.loads(json.dumps([
        {"id": customer * 10000 + i, "net": i * customer % 4001} for i in range(current_app.config["ROWS"])]))


def monthly_report(customer):
    load_orders(customer)
    largest = sorted(g.orders, key=lambda order: (order["net"], order["id"]), reverse=True)
    total = sum(order["net"] for order in largest[:1000])
    return f"{customer};{total};{current_app.config['CURRENCY']}"


class Worker:
    def __init__(self, app):
        self.app = app
        self.jobs = queue.Queue()
        self.done = []

    def handle(self, job):
        self.app.app_context().push()
        self.done.append(monthly_report(job))

    def work(self):
        while not self.jobs.empty():
            self.handle(self.jobs.get())
            self.jobs.task_done()
        return self


class ScopedWorker(Worker):
    def handle(self, job):
        with self.app.app_context():
            self.done.append(monthly_report(job))


def month_end(worker, customers):
    for customer in range(1, customers + 1):
        worker.jobs.put(customer)
    worker.work()
    print(len(worker.done), sum(int(line.split(";")[1]) for line in worker.done))
    return worker


@case("yy 13 job worker")
class _:
    def bad():
        return month_end(Worker(create_app()), 170)

    def good():
        return month_end(ScopedWorker(create_app()), 170)


if __name__ == "__main__":
    kept = run()
