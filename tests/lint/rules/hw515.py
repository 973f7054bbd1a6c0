import matplotlib.pyplot as plt
def save(names):
    for name in names:
        figure, axes = plt.subplots()  # expect: HW515
        figure.savefig(name)
def closed(names):
    for name in names:
        figure = plt.figure()
        figure.savefig(name)
        plt.close(figure)
def one(name):
    figure = plt.figure()
    figure.savefig(name)
