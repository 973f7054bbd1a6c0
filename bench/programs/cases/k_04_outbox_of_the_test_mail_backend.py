import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def invoice_pdf(number):
    return b"%%PDF-1.4 invoice %06d\n" % number + bytes([number % 256]) * 70_000


@case('04 outbox of the test mail backend')
class _:
    def setup():
        import django
        from django.core import mail
        import django.core.mail.backends.locmem
        import django.core.mail.backends.dummy

    def bad():
        import django
        from django.conf import settings
        from django.core import mail

        settings.configure(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
        django.setup()

        def send_invoice(number):
            message = mail.EmailMessage(
                subject=f"Invoice {number}",
                body="Please find your invoice attached.",
                from_email="billing@example.org",
                to=[f"customer{number}@example.org"],
            )
            message.attach(f"invoice-{number}.pdf", invoice_pdf(number), "application/pdf")
            return message.send()

        sent = 0
        for number in range(1_200):
            sent += send_invoice(number)
        print(f"{sent} invoices sent")
        return sent

    def good():
        import django
        from django.conf import settings
        from django.core import mail

        settings.configure(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend")
        django.setup()

        def send_invoice(number):
            message = mail.EmailMessage(
                subject=f"Invoice {number}",
                body="Please find your invoice attached.",
                from_email="billing@example.org",
                to=[f"customer{number}@example.org"],
            )
            message.attach(f"invoice-{number}.pdf", invoice_pdf(number), "application/pdf")
            return message.send()

        sent = 0
        for number in range(1_200):
            sent += send_invoice(number)
        print(f"{sent} invoices sent")
        return sent


if __name__ == "__main__":
    kept = run()
