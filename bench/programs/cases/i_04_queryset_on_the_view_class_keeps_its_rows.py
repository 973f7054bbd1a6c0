import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('04 queryset on the view class keeps its rows')
class _:
    def setup():
        import sqlite3
        import django
        from django.conf import settings
        def build(path):
            db=sqlite3.connect(path)
            db.execute('create table shop_product(id integer primary key, code text, title text, price real)')
            db.executemany('insert into shop_product values(?,?,?,?)',((i,f'P{i:06d}',f'product {i} '*6,i*0.25) for i in range(55_000)))
            db.execute('create index product_code on shop_product(code)')
            db.commit()
            db.close()
        path=fixture('product55.db',build)
        settings.configure(DATABASES={'default':{'ENGINE':'django.db.backends.sqlite3','NAME':path}},INSTALLED_APPS=[],DEBUG=False)
        django.setup()
        global Product
        from django.db import models
        class Product(models.Model):
            code=models.CharField(max_length=20)
            title=models.TextField()
            price=models.FloatField()
            class Meta:
                app_label='shop'
                managed=False
        Product.objects.filter(code='x').first()
        list(Product.objects.all()[:1])
    def bad():
        class PriceView:
            queryset=Product.objects.order_by('id')
            def get(self,code):
                for product in self.queryset:
                    if product.code==code:
                        return {'code':code,'price':product.price}
                return {'code':code,'price':None}
        answers=[PriceView().get(f'P{n:06d}') for n in (7,4000,31_999,99_999)]
        print([a['price'] for a in answers])
        return PriceView
    def good():
        class PriceView:
            queryset=Product.objects.order_by('id')
            def get_queryset(self):
                return self.queryset.all()
            def get(self,code):
                product=self.get_queryset().filter(code=code).first()
                return {'code':code,'price':product.price if product else None}
        answers=[PriceView().get(f'P{n:06d}') for n in (7,4000,31_999,99_999)]
        print([a['price'] for a in answers])
        return PriceView


if __name__ == "__main__":
    kept = run()
