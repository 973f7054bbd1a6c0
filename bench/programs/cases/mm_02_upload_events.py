import time
import weakref

from harness import case, run


class EventBus:
    def __init__(self):
        self._subscribers = {}

    def subscribe(self, event, callback):
        self._subscribers.setdefault(event, []).append(callback)

    def publish(self, event, *args):
        for callback in self._subscribers.get(event, ()):
            callback(*args)


class WeakEventBus(EventBus):
    def subscribe(self, event, callback):
        callbacks = self._subscribers.setdefault(event, [])
        callbacks.append(weakref.WeakMethod(callback, callbacks.remove))

    def publish(self, event, *args):
        for ref in list(self._subscribers.get(event, ())):
            callback = ref()
            if callback is not None:
                callback(*args)


class Upload:
    def __init__(self, bus, number):
        self.number = number
        self.buffer = bytearray()
        self.paused = False
        bus.subscribe("config_changed", self.on_config_changed)

    def on_config_changed(self, settings):
        self.paused = settings.get("paused", False)

    def receive(self, chunk, times):
        for _ in range(times):
            self.buffer += chunk
        return len(self.buffer)


def serve(bus):
    received = 0
    chunk = b"0123456789abcdef" * 1024
    for number in range(400):
        upload = Upload(bus, number)
        received += upload.receive(chunk, 16)
        if number % 100 == 0:
            bus.publish("config_changed", {"paused": False})
    time.sleep(0.3)
    print("received", received)
    return bus


@case("mm 02 upload events")
class _:
    def bad():
        return serve(EventBus())

    def good():
        return serve(WeakEventBus())


if __name__ == "__main__":
    kept = run()
