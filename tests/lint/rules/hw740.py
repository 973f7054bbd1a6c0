# sized
import csv
import io
import json
from itertools import islice
from aiohttp import web
from django.core.cache import cache
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.views.decorators.cache import cache_page
from flask import Response, make_response
from fastapi.responses import PlainTextResponse, StreamingResponse
def export(request, orders):
    response = HttpResponse(content_type="text/csv")  # expect: HW740
    response["Content-Disposition"] = 'attachment; filename="orders.csv"'
    writer = csv.writer(response)
    writer.writerow(["id", "name"])
    for order in orders:
        writer.writerow(order)
    return response
def all_rows(request, orders):
    response = HttpResponse(content_type="text/csv")  # expect: HW740
    csv.writer(response).writerows(orders)
    return response
def by_helper(request, orders):
    response = HttpResponse(content_type="text/csv")  # expect: HW740
    fill(response, orders)
    return response
def fill(out, orders):
    for order in orders:
        out.write(f"{order}\n")
def of_table(request, frame):
    response = HttpResponse(content_type="text/csv")  # expect: HW740
    frame.to_csv(path_or_buf=response, index=False)
    return response
def joined(request, lines):
    return HttpResponse("\n".join(line.upper() for line in lines))  # expect: HW740
def listed(lines):
    parts = []
    for line in lines:
        parts.append(line.encode())
    body = b"".join(parts)
    return Response(body, mimetype="text/plain")  # expect: HW740
def of_buffer(orders):
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, ["id"])
    writer.writeheader()
    for order in orders:
        writer.writerow(order)
    output = make_response(buffer.getvalue())  # expect: HW740
    output.headers["Content-type"] = "text/csv"
    return output
def of_buffer_read(orders):
    buffer = io.StringIO()
    for order in orders:
        buffer.write(f"{order}\n")
    buffer.seek(0)
    return Response(buffer.read(), mimetype="text/csv")  # expect: HW740
def in_one_part(orders):
    buffer = io.StringIO()
    csv.writer(buffer).writerows(orders)
    return StreamingResponse(iter([buffer.getvalue()]), media_type="text/csv")  # expect: HW740
def of_text(frame):
    return PlainTextResponse(frame.to_csv(index=False))  # expect: HW740
def of_file(request, path):
    with open(path, "rb") as file:
        return HttpResponse(file.read(), content_type="application/zip")  # expect: HW740
def as_json(request, rows):
    return JsonResponse({"count": 1, "rows": [{"id": row.id} for row in rows]})  # expect: HW740
def dumped(request, rows):
    data = [{"id": row.id} for row in rows]
    return HttpResponse(json.dumps(data))  # expect: HW740
async def of_aiohttp(request, rows):
    return web.Response(text="".join(map(str, rows)))  # expect: HW740
def _report(lines):
    return "\n".join(lines)
def by_function(rows):
    return Response(_report(_each(rows)), mimetype="text/plain")  # expect: HW740
def _each(rows):
    for row in rows:
        yield str(row)
class Echo:
    def write(self, value):
        return value
def streamed(request, orders):
    writer = csv.writer(Echo())
    return StreamingHttpResponse((writer.writerow(each) for each in orders), content_type="text/csv")
def generated(lines):
    return Response((line.upper() for line in lines), mimetype="text/plain")
def lines_of(orders):
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for order in orders:
        writer.writerow(order)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
def of_generator(orders):
    return StreamingResponse(lines_of(orders))
def remembered(request, orders):
    response = HttpResponse(content_type="text/csv")
    csv.writer(response).writerows(orders)
    cache.set("orders", response)
    return response
@cache_page(60)
def cached(request, lines):
    return HttpResponse("\n".join(line.upper() for line in lines))
def measured(request, lines):
    body = "\n".join(line.upper() for line in lines)
    response = HttpResponse(body)
    response["Content-Length"] = len(body)
    return response
def looked_at(request, orders):
    response = HttpResponse(content_type="text/csv")
    csv.writer(response).writerows(orders)
    return HttpResponse(status=500) if b"error" in response.content else response
def drawn(request, image):
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return HttpResponse(buffer.getvalue(), content_type="image/png")
def one_page(request, rows):
    return JsonResponse({"rows": [{"id": row.id} for row in rows[:50]]})
def few(request, rows):
    return JsonResponse({"rows": [{"id": row.id} for row in islice(rows, 50)]})
def of_context(request, context):
    return JsonResponse({"results": [{"id": each.id} for each in context["object_list"]]})
def plain(request):
    return HttpResponse("ok")
def template(request, render, rows):
    return HttpResponse(render("rows.html", rows))
def kept(request, lines):
    response = HttpResponse("".join(line.upper() for line in lines))
    cache.set("lines", response)
    return response
