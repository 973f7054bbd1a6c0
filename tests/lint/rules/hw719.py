# sized
def records(data):
    while data:
        size = data[0]
        data = data[size + 1 :]  # expect: HW719
def parse(self):
    for size in self.sizes:
        self.rest = self.rest[size:]  # expect: HW719
def once(data):
    data = data[4:]
    return data
def viewed(blob):
    blob = memoryview(blob)
    while blob:
        blob = blob[4:]
def last(data):
    while data:
        data = data[:-1]
def beside_a_view(data):
    while data:
        data = data[4:]  # expect: HW719
def elsewhere(blob):
    data = memoryview(blob)
    return data[4:]
left = memoryview(b"abcdef")
def of_the_module():
    global left
    while left:
        left = left[2:]
def in_pairs(data):
    while data:
        head, data = data[:4], data[4:]  # expect: HW719
        print(head)
def views_in_pairs(blob):
    data = memoryview(blob)
    while data:
        head, data = data[:4], data[4:]
        print(head)
def of_a_call(data):
    while data:
        head, data = data.split(b" ", 1)
        print(head)
