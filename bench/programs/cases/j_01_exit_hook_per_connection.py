import atexit
import gc
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def remote_output(host, command, lines=9000):
    head = f'{host} {command}: '.encode()
    return b''.join(head + b'unit %05d active (running) since boot, memory current, tasks within limits\n' % i
                    for i in range(lines))


@case('01 exit hook per connection')
class _:
    def bad():
        class ShellSession:
            """One connection to a host; what it printed stays readable after it is closed."""

            def __init__(self, host):
                self.host = host
                self.output = bytearray()
                self.connected = True
                atexit.register(self.close)

            def run(self, command):
                self.output += remote_output(self.host, command)
                return self.output.count(b'active (running)')

            def close(self):
                if self.connected:
                    self.connected = False

        def audit(hosts):
            units = {}
            for host in hosts:
                session = ShellSession(host)
                try:
                    units[host] = session.run('systemctl list-units')
                finally:
                    session.close()
            return units

        report = audit([f'web{n:03d}.internal' for n in range(90)])
        print(len(report), sum(report.values()))
        return report

    def good():
        class ShellSession:
            """One connection to a host; what it printed stays readable after it is closed."""

            def __init__(self, host):
                self.host = host
                self.output = bytearray()
                self.connected = True
                atexit.register(self.close)

            def run(self, command):
                self.output += remote_output(self.host, command)
                return self.output.count(b'active (running)')

            def close(self):
                if self.connected:
                    self.connected = False
                    atexit.unregister(self.close)

        def audit(hosts):
            units = {}
            for host in hosts:
                session = ShellSession(host)
                try:
                    units[host] = session.run('systemctl list-units')
                finally:
                    session.close()
            return units

        report = audit([f'web{n:03d}.internal' for n in range(90)])
        print(len(report), sum(report.values()))
        return report


if __name__ == "__main__":
    kept = run()
