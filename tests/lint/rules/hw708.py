import hashlib
def copy(a, b, text):
    with open(a, "rb") as source, open(b, "wb") as target:
        target.write(source.read())  # expect: HW708
    with open(a, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()  # expect: HW708
    with open(a, "rb") as file:
        while chunk := file.read(65536):
            print(chunk)
    return digest, hashlib.sha256(text.read())
