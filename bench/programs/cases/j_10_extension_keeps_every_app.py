import gc
import os
import sys
import tempfile
import time
import weakref

from harness import CASES, D, case, fixture, run


def load_prices(shop, count=9000):
    return {f'{shop}-{n:05d}': n * 0.25 for n in range(count)}


@case('10 extension keeps every app')
class _:
    def setup():
        import flask

    def bad():
        from flask import Flask, current_app, jsonify

        class PriceBook:
            """Extension: one price list for each application."""

            def __init__(self):
                self._books = {}

            def init_app(self, app):
                self._books[app] = load_prices(app.config['SHOP'])
                app.extensions['prices'] = self

            def price(self, article):
                return self._books[current_app._get_current_object()].get(article, 0.0)

        prices = PriceBook()

        def create_app(shop):
            app = Flask('shop')
            app.config.update(TESTING=True, SHOP=shop)
            prices.init_app(app)

            @app.get('/price/<article>')
            def price(article):
                return jsonify(price=prices.price(article))

            return app

        def smoke_test(shop):
            app = create_app(shop)
            client = app.test_client()
            answer = client.get(f'/price/{shop}-00040').get_json()['price']
            del app, client
            gc.collect()
            return answer

        print(sum(smoke_test(f's{n:03d}') for n in range(60)))
        return prices

    def good():
        from flask import Flask, current_app, jsonify

        class PriceBook:
            """Extension: one price list for each application."""

            def __init__(self):
                self._books = weakref.WeakKeyDictionary()

            def init_app(self, app):
                self._books[app] = load_prices(app.config['SHOP'])
                app.extensions['prices'] = self

            def price(self, article):
                return self._books[current_app._get_current_object()].get(article, 0.0)

        prices = PriceBook()

        def create_app(shop):
            app = Flask('shop')
            app.config.update(TESTING=True, SHOP=shop)
            prices.init_app(app)

            @app.get('/price/<article>')
            def price(article):
                return jsonify(price=prices.price(article))

            return app

        def smoke_test(shop):
            app = create_app(shop)
            client = app.test_client()
            answer = client.get(f'/price/{shop}-00040').get_json()['price']
            del app, client
            gc.collect()
            return answer

        print(sum(smoke_test(f's{n:03d}') for n in range(60)))
        return prices


if __name__ == "__main__":
    kept = run()
