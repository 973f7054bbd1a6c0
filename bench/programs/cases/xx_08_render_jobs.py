"""Render jobs that follow the palette: a change of theme while they run is picked up by signal."""
import random

from blinker import Namespace

from harness import case, run


class Theme:
    def __init__(self):
        self.signals = Namespace()
        self.changed = self.signals.signal("palette-changed")
        self.palette = (20, 40, 60)

    def switch(self, palette):
        self.palette = palette
        self.changed.send(self, palette=palette)


class Job:
    def __init__(self, theme, number):
        self.theme = theme
        self.number = number
        self.canvas = bytearray(96 * 64 * 3)

    def render(self, rng):
        palette = list(self.theme.palette)

        def repaint(sender, palette=None, target=palette, canvas=self.canvas):
            target[:] = palette
            canvas[0:3] = bytes(palette)

        self.follow(repaint)
        for _ in range(40):
            at = rng.randrange(96 * 64) * 3
            self.canvas[at:at + 3] = bytes(palette)
        if self.number % 50 == 0:
            self.theme.switch((rng.randrange(256), rng.randrange(256), rng.randrange(256)))
        for _ in range(20):
            at = rng.randrange(96 * 64) * 3
            self.canvas[at:at + 3] = bytes(palette)
        return sum(self.canvas)

    def follow(self, repaint):
        self.theme.changed.connect(repaint, sender=self.theme, weak=False)


class LiveJob(Job):
    def follow(self, repaint):
        self.theme.changed.connect(repaint, sender=self.theme)


def render_all(job_class, count=6500):
    theme, rng, ink = Theme(), random.Random(8), 0
    for number in range(count):
        ink += job_class(theme, number).render(rng)
    print(f"{count} jobs, ink {ink}")
    return theme


@case("xx 08 render jobs")
class _:
    def bad():
        return render_all(Job)

    def good():
        return render_all(LiveJob)


if __name__ == "__main__":
    kept = run()
