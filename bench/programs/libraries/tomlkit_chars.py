"""Dependency bot: reads a project's lock file, bumps some pins, keeps the layout."""
import time

import tomlkit

PACKAGES = 115


def lock_file():
    """A lock file as the package manager writes it, about 20 kB."""
    lines = ["# generated, do not edit by hand", ""]
    for number in range(PACKAGES):
        lines += ["[[package]]",
                  'name = "library-%d"' % number,
                  'version = "1.%d.%d"' % (number % 17, number % 5),
                  'description = "Helpers for part %d of the service"' % number,
                  "optional = %s" % ("true" if number % 6 == 0 else "false"),
                  'python-versions = ">=3.8"',
                  ""]
    lines += ["[metadata]", 'lock-version = "1.1"', "packages = %d" % PACKAGES, ""]
    return "\n".join(lines)


def bump(document):
    bumped = 0
    for package in document["package"]:
        major, minor, patch = package["version"].split(".")
        if minor == "3":
            package["version"] = "%s.%s.%d" % (major, minor, int(patch) + 1)
            bumped += 1
    return bumped


def main():
    text = lock_file()
    document = tomlkit.parse(text)
    bumped = bump(document)
    result = tomlkit.dumps(document)
    print("read", len(text), "characters, wrote", len(result), "bumped", bumped)
    time.sleep(0.3)


main()
