# sized
import re
NUMBER = re.compile(r"\d+")
def total(text):
    return sum(int(n) for n in re.findall(r"\d+", text))  # expect: HW718
def shown(text):
    for word in NUMBER.findall(text):  # expect: HW718
        print(len(word))
def kept(text):
    return re.findall(r"\w+", text), [w for w in NUMBER.findall(text)]
def lazily(text):
    return sum(int(m.group()) for m in NUMBER.finditer(text))
def twice(text):
    found = NUMBER.findall(text)
    return sorted(found), len(found)
