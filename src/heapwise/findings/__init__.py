"""What is wrong in a heap or a recording: one file a code, whose docstring is its page.

A detector of growth has `at(place)`: what kind of leak is this accumulation point? or
`of_line(suspect)`, where only the line is known. One that knows a fault by its structure alone has
`scan(snapshot)`. The first that recognises a place names it: special ones stand before general ones.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from importlib import import_module
from types import ModuleType

from heapwise.analyze.leaks import Suspect
from heapwise.analyze.line_costs import LineCosts
from heapwise.errors import HeapwiseError, warn_of_failed_rule
from heapwise.findings.place import Place
from heapwise.findings.related import with_what_fills
from heapwise.findings.run import Run
from heapwise.findings.waste import that_wait, worth_bytes
from heapwise.model.finding import Finding
from heapwise.model.heap_tables import GARBAGE, NO_NODE
from heapwise.model.recording import Recording
from heapwise.model.snapshot import Snapshot

LEAKS = (
    "hw131_uncollected_cycles", "hw132_weak_key_reached_by_value", "hw133_finalizer_keeps_its_object",
    "hw134_keys_nobody_has", "hw112_cache_on_method", "hw110_bounded_cache_fills",
    "hw111_unbounded_cache", "hw121_exceptions_keep_frames", "hw142_finished_tasks",
    "hw143_suspended_generators", "hw151_loggers", "hw154_mock_calls", "hw153_classes_per_call",
    "hw152_ended_threads", "hw114_tee_lag", "hw155_atexit", "hw104_thread_local",
    "hw105_context_variable", "hw103_closure", "hw141_listeners", "hw115_defaultdict_reads",
    "hw161_held_by_native_code", "hw102_class_attribute", "hw113_ever_new_keys", "hw101_global_container",
    "hw162_native_growth", "hw100_growing_line",
)  # fmt: skip
RESOURCES = (
    "hw201_open_files", "hw202_open_sockets", "hw203_database_connections", "hw204_subprocesses",
    "hw205_executors", "hw206_temporary_files", "hw207_shared_memory", "hw208_http_sessions",
    "hw209_running_threads", "hw210_descriptors",
)  # fmt: skip
WASTE = (
    "hw301_instances_with_dicts", "hw302_sparse_containers", "hw303_boxed_numbers", "hw304_records_as_dicts",
    "hw305_views_pin_bases", "hw306_empty_containers", "hw307_equal_objects", "hw308_wide_arrays",
    "hw309_constant_arrays", "hw310_object_columns", "hw311_equal_arrays", "hw312_fixed_width_texts",
    "hw313_wide_texts", "hw314_many_clients", "hw315_useless_caches", "hw316_dicts_that_are_lists",
    "hw317_rows_of_numbers", "hw318_sets_of_few_values", "hw319_one_element_containers",
    "hw320_dicts_of_small_dicts", "hw321_equal_containers", "hw322_matches_keep_texts", "hw323_sets_of_numbers",
    "hw324_labels_that_count", "hw325_equal_trees", "hw326_numbers_as_text",
    "hw327_objects_for_numbers", "hw328_log_records",
    "hw329_small_frames", "hw333_results_in_futures", "hw334_caches_of_large_values", "hw335_backlogs",
    "hw337_library_keeps_all", "hw338_kept_by_callbacks", "hw340_abandoned_waiters",
    "hw341_modules_made_at_run_time", "hw342_locks_per_key", "hw343_threads_nobody_can_stop",
    "hw344_drawn_again", "hw345_tables_of_labels", "hw347_kept_in_another_table", "hw348_marked_as_gone",
    "hw349_scopes_left", "hw350_fixtures", "hw351_expired_entries",
    "hw352_back_references", "hw353_never_read", "hw354_shared_by_instances", "hw355_dead_weak_references",
    "hw356_unused_categories", "hw358_put_back", "hw359_buffers_only_grow",
    "hw360_images_in_histories", "hw361_keys_never_found", "hw362_idle_workers",
    "hw363_read_by_cursors", "hw364_memo_without_bound", "hw365_small_deques", "hw367_grids",
    "hw368_answered_requests", "hw369_keys_of_what_is_gone", "hw370_numbers_as_objects", "hw371_models_as_rows",
    "hw372_digests_as_text", "hw373_counts_of_nothing",
    "hw374_matrices_of_keys", "hw375_classes_of_text", "hw376_spooled_for_ever",
    "hw377_patterns_that_re_keeps", "hw378_kept_after_first_use", "hw382_errors_keep_input",
    "hw383_rows_before_the_first", "hw384_totals_keep_their_parts", "hw385_copies_of_a_growing_one",
    "hw386_streams_kept_for_text", "hw387_kept_after_their_work", "hw388_views_keep_dicts",
    "hw389_functions_per_instance", "hw390_mocks_as_data", "hw391_idle_buffers", "hw392_lists_of_all_objects",
    "hw393_parts_of_libraries", "hw394_recursion", "hw395_entities_as_rows", "hw396_idle_synchronisers",
    "hw398_compiled_again",
    "hw399_multigraphs", "hw406_states_while_copying", "hw409_seen_for_ever", "hw410_superseded_entries",
    "hw411_trees_of_letters", "hw413_loaded_for_one_look", "hw414_graphs_of_dicts", "hw415_bounds_in_bytes",
    "hw416_copied_and_unchanged", "hw417_kept_for_totals", "hw418_answers_kept_whole",
    "hw419_texts_to_compare", "hw420_entries_of_all_sizes", "hw421_pickled_again",
    "hw422_streams_nobody_reads", "hw423_overlapping_stacks",
)  # fmt: skip
KEPT = (
    "hw302_sparse_containers", "hw305_views_pin_bases", "hw314_many_clients", "hw335_backlogs",
    "hw337_library_keeps_all", "hw338_kept_by_callbacks", "hw340_abandoned_waiters",
    "hw341_modules_made_at_run_time", "hw342_locks_per_key", "hw343_threads_nobody_can_stop", "hw344_drawn_again",
    "hw347_kept_in_another_table", "hw348_marked_as_gone", "hw349_scopes_left", "hw350_fixtures",
    "hw351_expired_entries", "hw352_back_references", "hw353_never_read", "hw354_shared_by_instances",
    "hw355_dead_weak_references", "hw358_put_back", "hw361_keys_never_found", "hw363_read_by_cursors",
    "hw368_answered_requests", "hw369_keys_of_what_is_gone", "hw387_kept_after_their_work", "hw388_views_keep_dicts",
    "hw391_idle_buffers", "hw392_lists_of_all_objects",
    "hw393_parts_of_libraries", "hw394_recursion", "hw409_seen_for_ever", "hw410_superseded_entries",
    "hw413_loaded_for_one_look",
)  # fmt: skip
"""Of those, what is kept without need: more and more of it is a leak."""
RUNS = (
    "hw401_collector_thresholds", "hw402_freeze_before_fork", "hw403_pages_copied_by_reading",
    "hw405_results_by_pickle",
)  # fmt: skip
RESIDENT = ("hw404_freed_and_not_returned",)
LINES = ("hw331_churn",)
AT_PEAK = (
    "hw332_blown_up",
    "hw406_states_while_copying",
    "hw407_open_files",
    "hw408_pictures_kept_whole",
    "hw412_joined_collections",
)
WITH_SOURCE = (
    "hw336_unread_keys", "hw339_whole_for_a_part", "hw346_samples_as_doubles", "hw366_loaded_for_a_part",
    "hw379_smart_strings", "hw380_open_databases",
    "hw381_undo_by_copies",
)  # fmt: skip
AT_END = ("hw357_never_asked", "hw339_whole_for_a_part", "hw397_frames_as_read")


def _modules(names: Sequence[str]) -> list[ModuleType]:
    return [import_module(f"heapwise.findings.{name}") for name in names]


def classify(suspect: Suspect, snapshot: Snapshot | None) -> Finding:
    """What kind of leak a suspect is: the first detector that recognises it. The last recognises all."""
    ask: str = "of_line"
    subject: Suspect | Place = suspect
    if snapshot is not None and suspect.node != NO_NODE:
        ask, subject = "at", Place(suspect, snapshot)
    for module in _modules(LEAKS):
        if not hasattr(module, ask):
            continue
        try:
            found: Finding | None = getattr(module, ask)(subject)
        except Exception as error:  # the others know it, or the last
            warn_of_failed_rule(module.CODE, error)
            continue
        if found is not None and isinstance(subject, Place):
            return with_what_fills(found, subject.snapshot, suspect.node)
        if found is not None:
            return found
    raise AssertionError("the last detector recognises everything")


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Faults that a single snapshot shows by their structure, most bytes first."""
    asked = [module for module in _modules(LEAKS) if hasattr(module, "scan")]
    found = [finding for module in asked for finding in _said_by(module, "scan", snapshot)]
    return iter(sorted(found, key=lambda each: -each.saving_bytes))


def _said_by(rule: ModuleType, ask: str, *subjects: object) -> list[Finding]:
    """What a rule finds. One that fails takes no other's findings with it: what it said by then stays, and a warning
    tells of it."""
    found: list[Finding] = []
    try:
        found.extend(getattr(rule, ask)(*subjects))
    except HeapwiseError:  # a damaged file, say, is not the rule's fault
        raise
    except Exception as error:
        warn_of_failed_rule(rule.CODE, error)
    return found


def kept(snapshot: Snapshot) -> Iterator[Finding]:
    """Waste that may be a leak, seen once, and is worth a word."""
    least = worth_bytes(snapshot)
    for module in _modules(KEPT):
        said = _said_by(module, "scan", snapshot)
        yield from (each for each in said if each.saving_bytes >= least)


def wasteful(snapshot: Snapshot) -> Iterator[Finding]:
    """What takes more bytes than it needs, and is worth a change; of whole objects also what may be, with the native
    memory that goes with them. What waits for the collector need not be smaller."""
    found = (each for module in _modules(WASTE) for each in _said_by(module, "scan", snapshot))
    return _of_what_is_in_use(found, snapshot)


def _of_what_is_in_use(found: Iterable[Finding], snapshot: Snapshot) -> Iterator[Finding]:
    """The findings but those on what waits for the collector."""
    waits = that_wait(snapshot)
    for each in found:
        if not each.holder.startswith(GARBAGE) and not _mostly(each, waits):
            yield each


def _mostly(finding: Finding, nodes: Set[int]) -> bool:
    """Whether most of the objects that a finding speaks of are among some."""
    freed = (*finding.freed.nodes, *finding.freed.roots)
    return bool(nodes) and sum(node in nodes for node in freed) > len(freed) / 2


def resident(snapshot: Snapshot) -> Iterator[Finding]:
    """What makes the resident set larger than the heap."""
    for module in _modules(RESIDENT):
        yield from _said_by(module, "scan", snapshot)


def of_recording(recording: Recording) -> Iterator[Finding]:
    """What a recording alone shows of lines."""
    for module in _modules(LINES):
        yield from _said_by(module, "of_recording", recording)


def of_peak(snapshot: Snapshot, costs: LineCosts) -> Iterator[Finding]:
    """What lines that ran at the peak worked with, by the snapshot of the peak."""
    for module in _modules(AT_PEAK):
        yield from _said_by(module, "at_peak", snapshot, costs)


def with_source(snapshot: Snapshot, costs: LineCosts) -> Iterator[Finding]:
    """What the objects of a heap and the source of the program show together."""
    found = (
        each
        for module in _modules(WITH_SOURCE)
        for each in _said_by(module, "with_source", snapshot, costs)
    )
    return _of_what_is_in_use(found, snapshot)


def at_end(snapshot: Snapshot, costs: LineCosts) -> Iterator[Finding]:
    """What a heap holds at the end that the source of the program never asks for."""
    for module in _modules(AT_END):
        yield from _said_by(module, "at_end", snapshot, costs)


def resources(snapshots: Sequence[Snapshot]) -> list[Finding]:
    """What is opened and not closed, more and more of it."""
    return [
        finding
        for module in _modules(RESOURCES)
        for finding in _said_by(module, "over_time", snapshots)
    ]


def of_run(run: Run) -> Iterator[Finding]:
    """What a whole run shows: its collections, and its forked processes."""
    for module in _modules(RUNS):
        yield from _said_by(module, "scan", run)


def pages() -> Mapping[str, str]:
    """Code -> its page."""
    return {module.CODE: inspect.cleandoc(module.__doc__ or "") for module in _modules(_all())}


def page(code: str) -> str:
    """The page of a code, of which alone the file is loaded; empty where there is none."""
    names = [name for name in _all() if name.startswith(f"{code.lower()}_")]
    return "".join(inspect.cleandoc(module.__doc__ or "") for module in _modules(names[:1]))


def _all() -> Sequence[str]:
    return (*LEAKS, *RESOURCES, *WASTE, *LINES, *AT_PEAK, *WITH_SOURCE, *AT_END, *RUNS, *RESIDENT)
