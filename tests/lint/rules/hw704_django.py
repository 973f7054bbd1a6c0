# sized
def export(Order, writer):
    for order in Order.objects.filter(state="open").order_by("id"):  # expect: HW704
        writer.writerow([order.id, len(order.note)])
def named(user):
    orders = user.order_set.all()
    total = 0
    for order in orders:  # expect: HW704
        total += order.total
    return total
def summed(Order):
    return sum(order.total for order in Order.objects.exclude(state="paid"))  # expect: HW704
def lazily(Order, writer):
    for order in Order.objects.all().iterator(chunk_size=2000):
        writer.writerow([order.id])
def twice(Order):
    orders = Order.objects.all()
    if not orders:
        return 0
    return sum(order.total for order in orders)
def kept(Order):
    return {order.id: order for order in Order.objects.all()}
def appended(Order, found):
    for order in Order.objects.all():
        found.append(order)
def sliced(Order):
    for order in Order.objects.all()[:20]:
        print(order.id)
def of_state(states):
    for each in states.filter("open"):
        print(each)
def titles():
    articles = Article.objects.only("title").order_by("id")
    return [f"<li>{a.title}</li>" for a in articles]
def bodies():
    articles = Article.objects.order_by("id")
    return [f"<li>{a.title}</li>" for a in articles]  # expect: HW704
def chosen():
    return [f"<li>{a.title}</li>" for a in Article.objects.only("title") if a.title]  # expect: HW704
