SEEN = {}
RESULTS = []
BOUNDED = {}
EMPTIED = {}
HANDLERS = {}
BY_CLASS = {}
TABLE = {}
GIVEN = {}
def remember(user_id, value):
    SEEN[user_id] = value  # expect: HW506
def collect(request):
    RESULTS.append(request)  # expect: HW506
def bounded(key, value):
    if len(BOUNDED) > 100:
        return
    BOUNDED[key] = value
def emptied(key, value):
    EMPTIED[key] = value
def done(key): EMPTIED.pop(key, None)
def register(key, handler): HANDLERS[key] = handler
def by_class(cls, value): BY_CLASS[cls] = value
def fill(key): TABLE[key] = 1
for each in "abc": fill(each)
def given(key): GIVEN[key] = 1
other = GIVEN
