// No Python calls, no malloc, no exceptions.
// The tables of a snapshot's file.
#pragma once

#include "container/column_writer.hpp"
#include "cpython/heap_walk.hpp"
#include "model/stacks.hpp"

namespace heapwise::cpython {

/// Where each node was allocated, and in which period plus 1; empty when nothing is recorded.
struct Births {
  Growing<std::uint32_t> site;
  Growing<std::uint32_t> period;
};

/// Asks the recording about every object, and what was asked for it. False when there is no memory.
bool find_births(HeapGraph& graph, Births& births) noexcept;

/// Nodes, edges, types, labels and what few nodes have.
void write_graph(ColumnWriter& writer, HeapGraph& graph, const Births& births) noexcept;

/// What each site of the recording holds now, in bytes that were asked for, as the recording itself
/// counts them.
void write_held(ColumnWriter& writer) noexcept;

/// The stacks of the sites that objects name, and of others. False when there is no memory.
bool write_sites(ColumnWriter& writer, const Births& births,
                 const Growing<SiteId>& others) noexcept;

/// One column of a table.
template <class Value>
void write_array(ColumnWriter& writer, const char* table, const char* name, const char* type,
                 const Growing<Value>& values) noexcept {
  writer.begin_column(table, name, type);
  writer.put(values.data(), values.size() * sizeof(Value));
  writer.end_column();
}

}  // namespace heapwise::cpython
