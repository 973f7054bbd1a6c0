"""Classes and tables of libraries that remember what has passed through them, and what to do about each (HW337)."""

from __future__ import annotations

from typing import NamedTuple

from heapwise.findings.query_sets import QUERY_SETS, READS


class Keeper(NamedTuple):
    """types: names of classes; attribute: what keeps (or several, that share it), empty for the object itself. is_many:
    it counts what it keeps. at_owner: the line to change is that which makes the object. for_ever: it gathers as long
    as the program runs. beside: classes whose objects are made of all that is kept, and go with it. calls: functions of
    the library that work on all of it at once. in_hand: how many the change has at a time."""

    types: tuple[str, ...]
    attribute: str
    told: str
    fix: str
    is_many: bool = True
    at_owner: bool = False
    for_ever: bool = False
    beside: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    in_hand: int = 0


_DATABASES = (
    "db.backends.sqlite3", "db.backends.postgresql", "db.backends.mysql", "db.backends.oracle",
    "contrib.gis.db.backends.postgis",
)  # fmt: skip
QUERY_SET = Keeper(
    QUERY_SETS, "_result_cache", "a query set that is looked at keeps all its rows",
    "for row in query.iterator(); query.exists() and query.count() ask the database", calls=READS,
    in_hand=2000,
)  # fmt: skip
_WRITES = (
    "_SelectorSocketTransport._write_ready", "_SelectorSocketTransport._write_send",
    "_UnixWritePipeTransport._write_ready",
)  # fmt: skip
"""What takes from the front of a buffer: where half of it is gone, the rest is copied, while all is there."""
_OF_SESSIONS = ("sqlalchemy.orm.unitofwork.UOWTransaction", "sqlalchemy.orm.state.InstanceState")
KEEPERS = (
    Keeper(("tarfile.TarFile",), "members", "an open archive keeps the head of each member that was read",
           "in the loop: archive.members = [], where nothing looks back"),
    Keeper(("shelve.Shelf", "shelve.DbfilenameShelf", "shelve.BsdDbShelf"), "cache",
           "with writeback=True a shelf keeps each entry that was looked at, until it is closed",
           "shelve.open(...) without writeback, and assign changed entries back; or sync() at times", at_owner=True),
    Keeper(("itertools.cycle",), "", "itertools.cycle keeps each item that it has given out",
           "while True: yield from source: go through the source again", is_many=False),
    Keeper(("itertools.product",), "", "itertools.product keeps all that it goes through",
           "for row in rows: for rule in rules: a loop in a loop reads the outer one as it comes", is_many=False,
           at_owner=True),
    QUERY_SET,
    Keeper(("sqlalchemy.orm.session.Session", "sqlalchemy.orm.scoping.scoped_session"), "_new",
           "a session keeps all that was added to it until the next flush",
           "session.flush() and session.expunge_all() each thousand, or session.execute(insert(...), rows)",
           beside=_OF_SESSIONS,
           calls=("Session._flush",)),
    Keeper(("sqlalchemy.util._collections.ScopedRegistry",), "registry",
           "each scope keeps its session, with all that was loaded in it, until it is removed",
           "scoped_session.remove() when a request ends", for_ever=True),
    Keeper(("asyncio.selector_events._SelectorSocketTransport", "asyncio.unix_events._UnixWritePipeTransport",
            "asyncio.proactor_events._ProactorSocketTransport"), "_buffer",
           "a transport keeps what the peer has not read yet", "await writer.drain() after each write", is_many=False,
           calls=_WRITES),
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
    Keeper(("requests.cookies.RequestsCookieJar", "http.cookiejar.CookieJar", "http.cookiejar.MozillaCookieJar",
            "http.cookiejar.LWPCookieJar", "aiohttp.cookiejar.CookieJar"), "_cookies",
           "a session keeps the cookies of each site that it was at",
           "jar.clear() when a site is done; or jar.set_policy(DefaultCookiePolicy(allowed_domains=[])), aiohttp's "
           "DummyCookieJar(): none are kept", for_ever=True),
    Keeper(("logging.Logger", "logging.RootLogger"), "filters", "a logger keeps each filter that was added",
           "logger.removeFilter(...) when its object goes, or a LoggerAdapter", for_ever=True),
    Keeper(("jinja2.environment.Environment",), "cache", "with cache_size=-1 each template that was compiled stays",
           "cache_size=400 (the default), or one template with variables", for_ever=True),
    Keeper(tuple(f"django.{each}.base.DatabaseWrapper" for each in _DATABASES), "run_on_commit",
           "callbacks for the commit keep what they were given until the transaction ends",
           "give transaction.on_commit an id, and load the rest when it is called"),
    Keeper(("sqlalchemy.orm.identity.WeakInstanceDict", "sqlalchemy.orm.identity._WeakInstanceDict"), "_modified _dict",
           "a session keeps each row that was changed until it is flushed",
           "session.flush() and session.expunge_all() each thousand rows; or change a copy of the value", is_many=False,
           beside=_OF_SESSIONS, calls=("Session._flush",)),
    Keeper(("faker.proxy.UniqueProxy",), "_seen", "Faker.unique remembers each value that it gave out",
           "fake.unique.clear() when the values need no longer differ", is_many=False),
    Keeper(("opentelemetry.sdk.trace.export.in_memory_span_exporter.InMemorySpanExporter",), "_finished_spans",
           "an exporter to memory keeps each span that has ended", "exporter.clear(), or another exporter",
           for_ever=True),
    Keeper(("werkzeug.debug.DebuggedApplication",), "frames",
           "the debugger keeps the frames of each exception, with all their locals",
           "use_debugger=False, or debug=False, where the server runs long", for_ever=True),
    Keeper(("django.template.loaders.cached.Loader",), "get_template_cache",
           "the cached loader keeps each template that was asked for, and the name of each that is not there",
           "ask for names that are there, engine.get_template(name), or for a few", for_ever=True),
    Keeper(("pyparsing.util._UnboundedCache", "pyparsing.core._UnboundedCache"), "",
           "packrat parsing keeps what each rule gave at each place of the text",
           "ParserElement.enable_packrat(cache_size_limit=128)", is_many=False, for_ever=True),
    Keeper(("blinker.base.Namespace",), "", "blinker.signal(name) keeps a signal for each name that was asked for",
           "one signal, and the rest as what it is sent with: changed.send(user=user)", for_ever=True),
    Keeper(("collections.ChainMap",), "maps", "a child of a ChainMap keeps all maps that it was made from",
           "base.new_child(...) for each, or chain = chain.parents when a scope is left", for_ever=True),
    Keeper(("sqlalchemy.pool.base._ConnectionRecord",), "info",
           "what is put in connection.info stays as long as the connection is in its pool",
           "connection.info.pop(...) where it is read last", is_many=False, for_ever=True),
    Keeper(("sklearn.feature_extraction.text.CountVectorizer", "sklearn.feature_extraction.text.TfidfVectorizer"),
           "vocabulary_", "a vectorizer keeps every token that it has met, and the number of its column",
           "HashingVectorizer, which needs no table; or min_df= and max_features=", at_owner=True,
           calls=("CountVectorizer._count_vocab", "CountVectorizer._sort_features", "CountVectorizer._limit_features")),
    Keeper(("_pickle.Pickler",), "", "the memo of a Pickler keeps all that it has written",
           "pickler.clear_memo() after each dump, or pickle.dump", is_many=False),
    Keeper(("pickle._Pickler",), "memo", "the memo of a Pickler keeps all that it has written",
           "pickler.clear_memo() after each dump, or pickle.dump"),
)  # fmt: skip
_HEADERS = "email._header_value_parser.UnstructuredTokenList email._header_value_parser.AddressList"
TREES = {
    ("xml.dom.minidom.Document", "xml.dom.minidom."):
        "xml.dom.pulldom.parse and expandNode of one record at a time, or ElementTree.iterparse",
    ("bs4.BeautifulSoup", "bs4.element."): "parse_only=SoupStrainer(...), or decompose() what was read",
    (_HEADERS, "email._header_value_parser."):
        "keep str(message['Subject']): a header is a text that has its parse tree with it",
}  # fmt: skip
"""(classes of documents, prefix of their nodes' classes) -> what to do: parts of a tree that refer to each other."""
OF_MANY_TREES = {
    "xml.dom.minidom.": "keep node.data, not the node; and with minidom.parseString(text) as document: it goes at once"
}
"""Prefix of nodes -> what to do where many documents are kept."""
TREE_OF = {"email._header_value_parser.": "a header of a message"}
TIMERS = (
    ("asyncio.events.TimerHandle", 64,
     "handle.cancel() when the answer is there; context=contextvars.Context() for what needs none"),
    ("threading.Timer", 8, "timer.cancel() when the work is done: each is a thread that waits"),
)  # fmt: skip
"""(class, from how many on it is too many, what to do)."""
_LAST = (
    "the last uncaught exception keeps its frames, with all their locals",
    "del sys.last_value, sys.last_traceback, sys.last_exc when it has been looked at",
)
GLOBALS = {
    ("linecache", "cache"): (
        "linecache keeps all lines of each file that it was asked for",
        "linecache.clearcache() when a file is done, or read it by open()",
    ),
    ("", "_oh"): (
        "IPython keeps what each cell comes to, in Out",
        "a semicolon at the end of the cell, %reset out, or c.InteractiveShell.cache_size = 0",
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
    ("typing", "_overload_registry"): (
        "typing keeps each function that was decorated with @overload, and by it its module",
        "typing.clear_overloads() when what was made at run time goes",
    ),
    ("subprocess", "_active"): (
        "processes that nobody waited for are kept until they are polled",
        "process.wait(), or communicate(), before the last reference goes",
    ),
    ("sys", "last_value"): _LAST,
    ("sys", "last_traceback"): _LAST,
    ("ipywidgets.widgets.widget", "_instances"): (
        "each widget stays in the registry until it is closed",
        "widget.close() when another takes its place, or Widget.close_all()",
    ),
    ("", "__warningregistry__"): (
        "each warning with a text of its own is remembered, so that it is shown once",
        "a text without values in it, or warnings.simplefilter('always') and logging",
    ),
}
"""(module, empty for any; table) -> what it keeps, and what to do."""
