CODE, HOLDER = "HW113", "linecache.cache"
import linecache

k = 0


def compile_template(k):
    src = f"def render_{k}():\n    return {k}\n" + "# pad\n" * 300
    name = f"<template-{k}>"
    linecache.cache[name] = (len(src), None, src.splitlines(True), name)  # here
    ns = {}
    exec(compile(src, name, "exec"), ns)
    return name


def leaking():
    global k
    k += 1
    compile_template(k)


def clean():
    global k
    k += 1
    linecache.cache.pop(compile_template(k))
