"""HW337: an object of a library keeps all that has passed through it.

Some classes remember what they have read or given out, for a use that the program may not have: an archive that is
walked once keeps the head of each member, a shelf with writeback each entry, `itertools.cycle` each item, a DOM each
node, a query set each row, a transport what its peer has not read.

What to do: see `change`: mostly one argument, or one call in the loop. Clean: those that keep a small part of the heap;
where the program's files are there, archives that are asked for members by their names, cycles of lists, and documents
that the program makes, changes or writes, or in which it goes from node to node.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from heapwise import units
from heapwise.analyze.made_by_calls import nodes_made_by
from heapwise.analyze.paths import attribute
from heapwise.analyze.program_source import program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.own_source import attributes_named, is_whole
from heapwise.findings.place import structural
from heapwise.findings.query_sets import QUERY_SETS, READS, rows_being_read
from heapwise.findings.waste import in_use, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW337"
TITLE = "an object of a library keeps all that passed through it"
_LEAST_SHARE, _LEAST_ITEMS = 0.15, 64
_LEAST_EACH_BYTES = 1 << 10
"""What a timer keeps at least that is more than itself and a few arguments."""


class Keeper(NamedTuple):
    """types: names of classes; attribute: what keeps (or several, that share it), empty for the object itself. is_many:
    it counts what it keeps. at_owner: the line to change is that which makes the object. for_ever: it gathers as long
    as the program runs. beside: classes whose objects are made of all that is kept, and go with it. calls: functions of
    the library that work on all of it at once."""

    types: tuple[str, ...]
    attribute: str
    told: str
    fix: str
    is_many: bool = True
    at_owner: bool = False
    for_ever: bool = False
    beside: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()


_DATABASES = (
    "db.backends.sqlite3", "db.backends.postgresql", "db.backends.mysql", "db.backends.oracle",
    "contrib.gis.db.backends.postgis",
)  # fmt: skip
_QUERY_SET = Keeper(
    QUERY_SETS, "_result_cache", "a query set that is looked at keeps all its rows",
    "for row in query.iterator(); query.exists() and query.count() ask the database", calls=READS,
)  # fmt: skip
KEEPERS = (
    Keeper(("tarfile.TarFile",), "members", "an open archive keeps the head of each member that was read",
           "in the loop: archive.members = [], where nothing looks back"),
    Keeper(("shelve.Shelf", "shelve.DbfilenameShelf", "shelve.BsdDbShelf"), "cache",
           "with writeback=True a shelf keeps each entry that was looked at, until it is closed",
           "shelve.open(...) without writeback, and assign changed entries back; or sync() at times", at_owner=True),
    Keeper(("itertools.cycle",), "", "itertools.cycle keeps each item that it has given out",
           "while True: yield from source: go through the source again", is_many=False),
    _QUERY_SET,
    Keeper(("sqlalchemy.orm.session.Session", "sqlalchemy.orm.scoping.scoped_session"), "_new",
           "a session keeps all that was added to it until the next flush",
           "session.flush() and session.expunge_all() each thousand, or session.execute(insert(...), rows)",
           beside=("sqlalchemy.orm.unitofwork.UOWTransaction", "sqlalchemy.orm.state.InstanceState"),
           calls=("Session._flush",)),
    Keeper(("sqlalchemy.util._collections.ScopedRegistry",), "registry",
           "each scope keeps its session, with all that was loaded in it, until it is removed",
           "scoped_session.remove() when a request ends", for_ever=True),
    Keeper(("asyncio.selector_events._SelectorSocketTransport", "asyncio.unix_events._UnixWritePipeTransport",
            "asyncio.proactor_events._ProactorSocketTransport"), "_buffer",
           "a transport keeps what the peer has not read yet", "await writer.drain() after each write", is_many=False),
    Keeper(("asyncio.sslproto.SSLProtocol",), "_write_backlog", "a transport keeps what the peer has not read yet",
           "await writer.drain() after each write", is_many=False),
    Keeper(("multiprocessing.pool.IMapIterator", "multiprocessing.pool.IMapUnorderedIterator"), "_items",
           "results of workers wait to be taken", "give out tasks as results are taken: a bounded number at once"),
    Keeper(("multiprocessing.queues.Queue", "multiprocessing.queues.JoinableQueue"), "_buffer",
           "what was put waits to be written to the pipe", "Queue(maxsize=16): the producer waits until there is room",
           at_owner=True),
    Keeper(("concurrent.futures.process.ProcessPoolExecutor",), "_pending_work_items", "calls wait for a worker",
           "submit a few at a time, or executor.map(..., buffersize=) of 3.14"),
    Keeper(("contextlib.ExitStack", "contextlib.AsyncExitStack"), "_exit_callbacks",
           "an exit stack keeps all that was entered until it is closed",
           "close the stack of what is replaced, or leave it with `with`", is_many=False, for_ever=True),
    Keeper(("matplotlib.animation.FuncAnimation",), "_save_seq _tee_from", "an animation keeps the data of each frame",
           "FuncAnimation(..., cache_frame_data=False)", is_many=False, at_owner=True),
    Keeper(tuple(f"django.{each}.base.DatabaseWrapper" for each in _DATABASES), "queries_log",
           "with DEBUG on, Django keeps the text of the last 9000 statements, parameters filled in",
           "DEBUG = False in what runs long, or django.db.reset_queries() after each job", for_ever=True),
    Keeper(("sqlalchemy.sql.schema.MetaData",), "tables", "each Table that was made stays in its MetaData",
           "metadata.remove(table) when it is dropped, or a MetaData() of its own for tables of one job"),
    Keeper(("rich.console.Console",), "_record_buffer", "a console that records keeps all that it printed",
           "Console(record=False), or export_text(clear=True) at times", for_ever=True),
    Keeper(("requests.sessions.Session",), "adapters", "a session keeps each adapter that was mounted",
           "one adapter for all of a host, session.adapters.pop(prefix), or a session for each test"),
    Keeper(("logging.Logger", "logging.RootLogger"), "filters", "a logger keeps each filter that was added",
           "logger.removeFilter(...) when its object goes, or a LoggerAdapter", for_ever=True),
    Keeper(("jinja2.environment.Environment",), "cache", "with cache_size=-1 each template that was compiled stays",
           "cache_size=400 (the default), or one template with variables", for_ever=True),
    Keeper(tuple(f"django.{each}.base.DatabaseWrapper" for each in _DATABASES), "run_on_commit",
           "callbacks for the commit keep what they were given until the transaction ends",
           "give transaction.on_commit an id, and load the rest when it is called"),
    Keeper(("sqlalchemy.orm.identity.WeakInstanceDict", "sqlalchemy.orm.identity._WeakInstanceDict"), "_modified _dict",
           "a session keeps each row that was changed until it is flushed",
           "change a copy of the value; or session.expunge(row) when it is done with", is_many=False),
    Keeper(("faker.proxy.UniqueProxy",), "_seen", "Faker.unique remembers each value that it gave out",
           "fake.unique.clear() when the values need no longer differ"),
    Keeper(("opentelemetry.sdk.trace.export.in_memory_span_exporter.InMemorySpanExporter",), "_finished_spans",
           "an exporter to memory keeps each span that has ended", "exporter.clear(), or another exporter",
           for_ever=True),
    Keeper(("werkzeug.debug.DebuggedApplication",), "frames",
           "the debugger keeps the frames of each exception, with all their locals",
           "use_debugger=False, or debug=False, where the server runs long", for_ever=True),
    Keeper(("_pickle.Pickler",), "", "the memo of a Pickler keeps all that it has written",
           "pickler.clear_memo() after each dump, or pickle.dump", is_many=False),
    Keeper(("pickle._Pickler",), "memo", "the memo of a Pickler keeps all that it has written",
           "pickler.clear_memo() after each dump, or pickle.dump"),
)  # fmt: skip
_HEADERS = "email._header_value_parser.UnstructuredTokenList email._header_value_parser.AddressList"
_TREES = {
    ("xml.dom.minidom.Document", "xml.dom.minidom."):
        "xml.dom.pulldom.parse and expandNode of one record at a time, or ElementTree.iterparse",
    ("bs4.BeautifulSoup", "bs4.element."): "parse_only=SoupStrainer(...), or decompose() what was read",
    (_HEADERS, "email._header_value_parser."):
        "keep str(message['Subject']): a header is a text that has its parse tree with it",
}  # fmt: skip
"""(classes of documents, prefix of their nodes' classes) -> what to do: parts of a tree that refer to each other."""
_MAKE_ELEMENTS, _WRITE_ELEMENTS = {"SubElement", "Element"}, {"write", "tostring", "tostringlist"}
_READ_ELEMENTS = {
    "parse",
    "fromstring",
    "iterparse",
    "XML",
    "find",
    "findall",
    "iterfind",
    "remove",
    "insert",
}
_TREE_OF = {"email._header_value_parser.": "a header of a message"}
_CAUGHT = ("warnings.WarningMessage", "_py_warnings.WarningMessage")
_TIMERS = (
    ("asyncio.events.TimerHandle", 64,
     "handle.cancel() when the answer is there; context=contextvars.Context() for what needs none"),
    ("threading.Timer", 8, "timer.cancel() when the work is done: each is a thread that waits"),
)  # fmt: skip
"""(class, from how many on it is too many, what to do)."""
_ENUMS, _MANY_MEMBERS = ("enum.EnumType", "enum.EnumMeta"), 2000
_OF_MEMBERS, _BY_NAME = {"getmember", "getnames"}, ("extract", "extractfile")
_OF_DOCUMENTS = {
    "createElement", "createElementNS", "createTextNode", "appendChild", "insertBefore", "removeChild", "replaceChild",
    "setAttribute", "toxml", "toprettyxml", "writexml", "prettify", "new_tag", "new_string", "replace_with",
    "insert_before", "insert_after", "parentNode", "previousSibling", "nextSibling", "find_parent", "find_parents",
    "find_next", "find_previous", "next_sibling", "previous_sibling", "find_next_sibling",
}  # fmt: skip
"""What makes, changes or writes the documents of `_TREES`, or goes from one of their nodes to those around it."""
_LAST = (
    "the last uncaught exception keeps its frames, with all their locals",
    "del sys.last_value, sys.last_traceback, sys.last_exc when it has been looked at",
)
_GLOBALS = {
    ("linecache", "cache"): (
        "linecache keeps all lines of each file that it was asked for",
        "linecache.clearcache() when a file is done, or read it by open()",
    ),
    ("gc", "garbage"): (
        "with DEBUG_SAVEALL (part of DEBUG_LEAK) the collector keeps all that it finds",
        "gc.set_debug(0), or gc.DEBUG_STATS alone",
    ),
    ("django.core.mail", "outbox"): (
        "the test backend of Django's mail keeps each message",
        "mail.outbox.clear(), or another EMAIL_BACKEND",
    ),
    ("ctypes", "_c_functype_cache"): (
        "ctypes keeps each type of function that was made",
        "make CFUNCTYPE(...) once, at the top of the module",
    ),
    ("subprocess", "_active"): (
        "processes that nobody waited for are kept until they are polled",
        "process.wait(), or communicate(), before the last reference goes",
    ),
    ("sys", "last_value"): _LAST,
    ("sys", "last_traceback"): _LAST,
    ("", "__warningregistry__"): (
        "each warning with a text of its own is remembered, so that it is shown once",
        "a text without values in it, or warnings.simplefilter('always') and logging",
    ),
}
"""(module, empty for any; table) -> what it keeps, and what to do."""


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Objects of known classes, and tables of known modules, that keep a good part of the heap."""
    for keeper in KEEPERS:
        for owner in (node for name in keeper.types for node in snapshot.of_type_exactly(name)):
            name, *others = keeper.attribute.split() or [""]
            kept = attribute(snapshot, owner, name) if name else owner
            if kept is not None and (
                not keeper.is_many or snapshot.nodes("edges_count")[kept] >= _LEAST_ITEMS
            ):
                at = owner if keeper.at_owner else _filled_at(snapshot, kept)
                sharing = (attribute(snapshot, owner, each) for each in others)
                all_kept = [
                    kept,
                    *_beside(snapshot, keeper, kept),
                    *(n for n in sharing if n is not None),
                ]
                for found in _worth_saying(
                    snapshot,
                    at,
                    all_kept,
                    keeper.told,
                    keeper.fix,
                    for_ever=keeper.for_ever,
                    calls=keeper.calls,
                ):
                    if not _needs_all(snapshot, keeper.types[0]):
                        yield found
    for (document, prefix), fix in _TREES.items():
        if roots := [node for name in document.split() for node in snapshot.of_type_exactly(name)]:
            kinds = (name for name in snapshot.type_names if name.startswith(prefix))
            nodes = in_use(snapshot, (n for name in kinds for n in snapshot.of_type_exactly(name)))
            told = f"{_TREE_OF.get(prefix, 'a DOM')} keeps every node of its document: {len(nodes)}"
            for found in _worth_saying(snapshot, roots[0], nodes, told, fix):
                if not attributes_named(program_source(snapshot)) & _OF_DOCUMENTS:
                    yield found
    yield from _written_trees(snapshot)
    if rows := rows_being_read(snapshot):
        yield from _worth_saying(
            snapshot, rows[0], rows, _QUERY_SET.told, _QUERY_SET.fix, calls=_QUERY_SET.calls
        )
    caught = [node for kind in _CAUGHT for node in snapshot.of_type_exactly(kind)]
    if len(caught) >= _LEAST_ITEMS:
        told = f"catch_warnings(record=True) keeps each warning: {len(caught)}"
        fix = (
            "leave the `with` in time, warnings.simplefilter('once'), or count them in showwarning"
        )
        yield from _worth_saying(snapshot, caught[0], caught, told, fix, for_ever=True)
    for kind, least, fix in _TIMERS:
        timers = snapshot.of_type_exactly(kind)
        if len(timers) >= least and snapshot.retained_of(timers) >= _LEAST_EACH_BYTES * len(timers):
            told = "timers that are still to come keep what they were given, and the context that they were set in"
            yield from _worth_saying(snapshot, timers[0], timers, told, fix, for_ever=True)
    for kind in _ENUMS:
        for owner in snapshot.of_type_exactly(kind):
            members = attribute(snapshot, owner, "_value2member_map_")
            if members is not None and snapshot.nodes("edges_count")[members] >= _MANY_MEMBERS:
                told = f"{snapshot.labels.get(owner, 'an enum')} makes and keeps a member of each value it is asked for"
                fix = (
                    "ask for the bits that have a name alone, Status(word & 0xFF), or test the ints"
                )
                yield from _worth_saying(snapshot, members, [members], told, fix, for_ever=True)
    for namespace, module in snapshot.namespaces.items():
        for (name, table), (told, fix) in _GLOBALS.items():
            kept = attribute(snapshot, namespace, table) if name in ("", module) else None
            if kept is not None:
                yield from _worth_saying(snapshot, kept, [kept], told, fix, for_ever=True)


def _written_trees(snapshot: Snapshot) -> Iterator[Finding]:
    """Elements that the program makes, to write the whole tree at the end."""
    elements = snapshot.of_type_exactly("xml.etree.ElementTree.Element")
    if len(elements) < _LEAST_ITEMS:
        return
    called = {last_name(each.func) for each in program_source(snapshot).of(ast.Call)}
    if called & _MAKE_ELEMENTS and called & _WRITE_ELEMENTS and not called & _READ_ELEMENTS:
        told = f"a tree of elements is made whole before it is written: {len(elements)}"
        fix = "write each entry as it is made: xml.sax.saxutils.XMLGenerator, or lxml.etree.xmlfile"
        yield from _worth_saying(snapshot, elements[len(elements) // 2], elements, told, fix)


def _beside(snapshot: Snapshot, keeper: Keeper, kept: int) -> Iterator[int]:
    """Objects that go with what is kept: those of a class that are in it, or where none is, all."""
    if keeper.beside:
        yield from in_use(snapshot, nodes_made_by(snapshot, keeper.calls))
    inside = {step.node for step in snapshot.steps_from(kept)} if keeper.beside else set()
    for name in keeper.beside:
        nodes = snapshot.of_type_exactly(name)
        yield from inside.intersection(nodes) or nodes


def _filled_at(snapshot: Snapshot, kept: int) -> int:
    """The object whose line put something in: of a deque, whose blocks are nobody's table, its last item."""
    if snapshot.type_of(kept) != "collections.deque":
        return kept
    items = [step.node for step in snapshot.steps_from(kept) if step.kind == "index"]
    return items[-1] if items else kept


def _needs_all(snapshot: Snapshot, kind: str) -> bool:
    """Whether the program's source, where it is there, tells that what is kept is needed."""
    calls = program_source(snapshot).of(ast.Call)
    if kind == "itertools.cycle":
        given = [each.args[0] for each in calls if last_name(each.func) == "cycle" and each.args]
        return bool(given) and all(is_whole(program_source(snapshot), each) for each in given)
    if kind != "tarfile.TarFile":
        return False
    by_name = any(
        last_name(each.func) in _BY_NAME and isinstance(name, (ast.Constant, ast.JoinedStr))
        for each in calls for name in each.args[:1]
    )  # fmt: skip
    return by_name or bool(attributes_named(program_source(snapshot)) & _OF_MEMBERS)


def _least_bytes(snapshot: Snapshot) -> float:
    return max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))


def _worth_saying(
    snapshot: Snapshot, at: int, kept: Sequence[int], told: str, fix: str, *, for_ever: bool = False,
    calls: Sequence[str] = (),
) -> Iterator[Finding]:  # fmt: skip
    """at: the object whose line is to be changed. for_ever: it gathers, and is a leak where it grows. calls: as a
    keeper has them."""
    retained = (
        snapshot.nodes("retained_bytes")[kept[0]] if len(kept) == 1 else snapshot.retained_of(kept)
    )
    if retained >= _least_bytes(snapshot):
        yield structural(
            snapshot, at, CODE, TITLE, saving_bytes=retained, confidence=0.7 if for_ever else 0.6, fix=fix,
            evidence=[f"{told}, with {units.size(retained)}"],
            freed=Freed(roots=tuple(kept), entirely=True, calls=calls),
        )  # fmt: skip
