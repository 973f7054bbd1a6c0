import queue
import threading
import time
import zlib

from harness import case, run


class Broker:
    """Stands for the message broker: hands over as fast as the consumer takes."""

    def __init__(self, messages):
        self.messages = messages

    def deliveries(self):
        for tag in range(self.messages):
            head = b'{"tag": %d, "kind": "vote", "payload": "' % tag
            yield tag, head + (b"%08d" % tag) * 300 + b'"}'


class Worker(threading.Thread):
    def __init__(self, work_queue):
        super().__init__()
        self.work_queue = work_queue
        self.done = 0
        self.check = 0

    def handle(self, tag, body):
        self.check = zlib.crc32(body, self.check)
        self.done += 1
        if self.done % 400 == 0:
            self.store()

    def store(self):
        time.sleep(0.015)

    def run(self):
        while True:
            message = self.work_queue.get()
            if message is None:
                return
            self.handle(*message)


class QueueConsumer:
    def __init__(self, broker, work_queue):
        self.broker = broker
        self.work_queue = work_queue
        self.worker = Worker(work_queue)

    def run(self):
        self.worker.start()
        for message in self.broker.deliveries():
            self.work_queue.put(message)
        self.work_queue.put(None)
        self.worker.join()
        print(self.worker.done, self.worker.check)


def vote_consumer(messages):
    return QueueConsumer(Broker(messages), queue.Queue())


def vote_consumer_with_prefetch(messages):
    return QueueConsumer(Broker(messages), queue.Queue(maxsize=500))


@case("zz 12 queue consumer")
class _:
    def bad():
        vote_consumer(36000).run()

    def good():
        vote_consumer_with_prefetch(36000).run()


if __name__ == "__main__":
    kept = run()
