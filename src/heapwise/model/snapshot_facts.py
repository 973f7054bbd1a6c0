"""What a snapshot knows besides the graph: numbers of single objects, which are equal, and the process's mappings."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from functools import cached_property

from heapwise.model.container import Container
from heapwise.model.heap_tables import Mapped


class Facts:
    """The part of a snapshot that is about single objects."""

    _container: Container

    def text(self, string: int) -> str:
        """A string of the file; DamagedFileError when there is none of that number."""
        raise NotImplementedError

    @cached_property
    def facts(self) -> Mapping[str, Mapping[int, int]]:
        """Name -> node -> value. hits, misses, maxsize (-1: none) of lru_caches; state of generators and threads; fd
        of files and sockets (-1: closed); open of sqlite3 connections. Of arrays of 64 KiB and more that own their
        data: element_bytes, elements_count, fits_bytes (as few hold every value exactly), constant (all are one),
        zeros_count, one_hot_rows (of such a last axis: a 1 and else zeros), and of one column, or of few and long
        rows, as pandas keeps them, columns_count, columns_of_1, _of_2 and _of_4 (how many of them so many bytes an
        element hold exactly, and less than they have) and columns_of_digits (of those of doubles whose numbers have
        six digits at most); of those of texts texts_count, characters_count. Of arrays of objects objects_count. Of
        long texts wide_bytes (more than UTF-8 would take). Of Arrow's columns of texts rows_count, column_bytes, and
        where they have few values values_count and values_bytes (of one text of each). Of Arrow's objects that are
        the first to show little of buffers of Arrow's pools, of which no other shows more, buffers_bytes,
        shown_bytes, and buffers_at (where the largest begins). Of streams of text that were read to their end
        text_bytes (what the text would take as a string, without its head; unread_text_bytes of others that were read
        from). Of dicts of 1000 entries and more whose keys are tuples of ints grid_cells (how many such tuples there
        are between the least and the largest, where at least half are keys); of classes that derive from dict, of
        1000 ints and more, zero_entries. Of lists and tuples of 64 ints or floats, and of nothing else, that need
        less than 8 bytes each, item_bytes, and item_unsigned where they have no room for a sign. Of elements of
        lxml's that are no roots part_bytes and tree_bytes (what they and their documents take, as far as their first
        10 000 nodes go). Of what waits for the collector frozen (gc.freeze() hides it). Of arrays of floats far_off:
        their values differ by less than 1/256 of the largest; of doubles of which some are not a number and all
        others whole present_bytes (as few hold each of these others). Of types only_references: what their objects
        say is all in their references. Of the text without characters empty_text.
        table_site: of containers whose table was allocated elsewhere, the site of that."""
        column = self._container.column
        rows = zip(*(column("facts", name) for name in ("name", "node", "value")), strict=True)
        found: dict[str, dict[int, int]] = {}
        for name, node, value in rows:
            found.setdefault(self.text(name), {})[node] = value
        return found

    def fact(self, name: str, node: int, default: int = 0) -> int:
        """One of the facts of a node; the default where it has none."""
        return self.facts.get(name, {}).get(node, default)

    @cached_property
    def mappings(self) -> Sequence[Mapped]:
        """The mappings of the process, as the kernel tells them; empty when it did not."""
        column = self._container.column
        columns = {name: column("mappings", name) for name in Mapped._fields}
        columns["name"] = [self.text(name) for name in columns["name"]]
        return [Mapped(*row) for row in zip(*columns.values(), strict=True)]

    @property
    def allocators_text(self) -> str:
        """What pymalloc and the free lists said of themselves, as `sys._debugmallocstats()` prints it."""
        return bytes(self._container.column("allocators", "text")).decode("ascii", "replace")

    @cached_property
    def copies(self) -> Sequence[tuple[int, int]]:
        """(node, the first that is equal) of strings, bytes, tuples of plain values, and large arrays; nothing of
        snapshots that were taken in place."""
        return list(zip(*self.pairs("copies"), strict=True))

    def pairs(self, table: str) -> tuple[Sequence[int], Sequence[int]]:
        """(nodes, of each the first that is equal): `copies`, or `equal_numbers` of ints of 64 bits and floats; empty
        of snapshots that were taken in place, and of older ones."""
        node, of = (self._container.optional(table, name) for name in ("node", "of"))
        return (node, of) if node is not None and of is not None else (array("I"), array("I"))

    @cached_property
    def numerals(self) -> Mapping[str, Sequence[int]]:
        """Kind of number -> the texts that say one: `small int` (those that the interpreter has ready), `int` (of 64
        bits), `float`. Texts of one character and interned ones are left out, and those which the number would not
        say again: with zeros before it, a plus sign, more digits than it holds. Empty as `copies` is."""
        tables = {"small int": "small_int_texts", "int": "int_texts", "float": "float_texts"}
        found = {kind: self._container.optional(name, "node") for kind, name in tables.items()}
        return {kind: nodes for kind, nodes in found.items() if nodes is not None}

    @cached_property
    def digests(self) -> Sequence[int]:
        """Texts that are digests in hexadecimal: of 16 to 64 bytes as hash functions have, or
        UUIDs, in one case."""
        return self._container.optional("digest_texts", "node") or array("I")
