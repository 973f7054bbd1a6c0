// No Python, no malloc, no exceptions: the tables of stacks in a file (FORMAT.md).
#pragma once

#include "container/column_writer.hpp"
#include "model/stacks.hpp"

namespace heapwise {

/// What the tables are called: in a snapshot, nodes and strings are the heap's.
struct StackTableNames {
  const char* nodes;
  const char* strings;
};

/// Writes the chosen sites, and all nodes, codes and strings.
void write_stacks(ColumnWriter& writer, const StackTables& stacks, const SiteId* chosen,
                  SiteId chosen_count, const StackTableNames& names) noexcept;

void write_strings(ColumnWriter& writer, const char* table, const StringTable& strings) noexcept;

}  // namespace heapwise
