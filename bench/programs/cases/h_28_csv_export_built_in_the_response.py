import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('28 csv export built in the response')
class _:
    def setup():
        import csv
        import django
        from django.conf import settings
        from django.http import HttpResponse, StreamingHttpResponse
        settings.configure(DEBUG=False)
        django.setup()
        HttpResponse('x').close()
        sum(len(chunk) for chunk in StreamingHttpResponse(iter(['x'])))
    def orders():
        for i in range(260_000):
            yield i,f'customer-{i%9000}','shipped' if i%5 else 'open',i*0.25,f'Main street {i%300}, Springfield {i%97}, parcel shop {i%41}'
    def bad():
        import csv
        from django.http import HttpResponse
        orders=CASES['28 csv export built in the response'].orders
        def export(request):
            response=HttpResponse(content_type='text/csv')
            writer=csv.writer(response)
            for order in orders():
                writer.writerow(order)
            return response
        print('bytes',sum(len(chunk) for chunk in export(None)))
    def good():
        import csv
        from django.http import StreamingHttpResponse
        orders=CASES['28 csv export built in the response'].orders
        class Echo:
            def write(self,value):
                return value
        def export(request):
            writer=csv.writer(Echo())
            rows=(writer.writerow(order) for order in orders())
            return StreamingHttpResponse(rows,content_type='text/csv')
        print('bytes',sum(len(chunk) for chunk in export(None)))


if __name__ == "__main__":
    kept = run()
