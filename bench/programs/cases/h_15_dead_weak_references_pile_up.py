import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('15 dead weak references pile up')
class _:
    def setup():
        import weakref
    def bad():
        import weakref
        class Settings:
            def __init__(self):
                self.theme='light'
                self.listeners=[]
            def watch(self,widget):
                self.listeners.append(weakref.ref(widget))
            def set_theme(self,theme):
                self.theme=theme
                alive=[widget for ref in self.listeners if (widget:=ref()) is not None]
                for widget in alive:
                    widget.repaint(theme)
                return len(alive)
        class Row:
            def __init__(self,settings,number):
                self.number=number
                self.theme=settings.theme
                settings.watch(self)
            def repaint(self,theme):
                self.theme=theme
        settings=Settings()
        visible=[Row(settings,n) for n in range(20)]
        for i in range(480_000):
            Row(settings,i)
        print('repainted',settings.set_theme('dark'))
        return settings,visible
    def good():
        import weakref
        class Settings:
            def __init__(self):
                self.theme='light'
                self.listeners=weakref.WeakSet()
            def watch(self,widget):
                self.listeners.add(widget)
            def set_theme(self,theme):
                self.theme=theme
                alive=list(self.listeners)
                for widget in alive:
                    widget.repaint(theme)
                return len(alive)
        class Row:
            def __init__(self,settings,number):
                self.number=number
                self.theme=settings.theme
                settings.watch(self)
            def repaint(self,theme):
                self.theme=theme
        settings=Settings()
        visible=[Row(settings,n) for n in range(20)]
        for i in range(480_000):
            Row(settings,i)
        print('repainted',settings.set_theme('dark'))
        return settings,visible


if __name__ == "__main__":
    kept = run()
