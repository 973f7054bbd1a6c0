import logging
class Client:
    def __init__(self):
        self.log = logging.getLogger("client")
        self.log.addHandler(logging.StreamHandler())  # expect: HW517
class Guarded:
    def __init__(self):
        self.log = logging.getLogger("client")
        if not self.log.handlers:
            self.log.addHandler(logging.StreamHandler())
class Own:
    def __init__(self, name):
        self.log = logging.getLogger(name)
        self.log.addHandler(logging.StreamHandler())
