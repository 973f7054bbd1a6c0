# sized
class Polynomial:
    def to_list(self):
        return [*self.parts]
    def show(self):
        for part in self.to_list():
            print(part)
def show(array):
    for value in array.tolist():  # expect: HW718
        print(value)
