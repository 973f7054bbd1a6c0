import traceback
FAILED = []
class Worker:
    def __init__(self): self.errors = []
    def run(self, job):
        try: job()
        except ValueError as error:
            self.errors.append(error)  # expect: HW507
        except KeyError as error:
            FAILED.append((job, error))  # expect: HW507
        except OSError as error:
            self.errors.append(error.with_traceback(None))
        except TypeError as error:
            self.errors.append(str(error))
        except IndexError as error:
            local = []
            local.append(error)
            raise
