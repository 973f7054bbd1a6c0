#include "cpython/snapshot_tables.hpp"

#include <type_traits>

#include "capture/recorder.hpp"
#include "capture/stack_writer.hpp"
#include "cpython/object_size.hpp"

namespace heapwise::cpython {

namespace {

/// One member of the rows of a table as a column.
template <class Row, class Value>
void write_member(ColumnWriter& writer, const char* table, const char* name,
                  const Growing<Row>& rows, Value Row::* member) noexcept {
  writer.begin_column(table, name,
                      sizeof(Value) == 4        ? "u4"
                      : std::is_signed_v<Value> ? "i8"
                                                : "u8");
  for (std::uint64_t i = 0; i < rows.size(); ++i) writer.put_value(rows[i].*member);
  writer.end_column();
}

void write_nodes(ColumnWriter& writer, HeapGraph& graph, const Births& births) noexcept {
  const std::uint32_t count = graph.nodes_count();
  writer.column_u8("nodes", "address", count, [&](auto v) { return graph.address(v); });
  writer.column_u4("nodes", "type", count, [&](auto v) { return graph.type(v); });
  writer.column_u8("nodes", "size_bytes", count, [&](auto v) { return graph.size_bytes(v); });
  writer.begin_column("nodes", "rounded_bytes", "u1");
  for (std::uint32_t v = 0; v < count; ++v) writer.put_value(graph.rounded_bytes(v));
  writer.end_column();
  writer.column_u4("nodes", "refcount", count, [&](auto v) { return refcount_of(graph, v); });
  writer.begin_column("nodes", "edges_count", "u4");
  graph.for_each_row([&](std::uint32_t, const HeapGraph::Row& row) {
    writer.put_value(static_cast<std::uint32_t>(row.end - row.first));
  });
  writer.end_column();
  if (births.site.size() == 0) return;
  write_array(writer, "nodes", "site", "u4", births.site);
  write_array(writer, "nodes", "birth", "u4", births.period);
}

void write_bytes(ColumnWriter& writer, const char* table, const Growing<BytesRow>& rows) noexcept {
  write_member(writer, table, "node", rows, &BytesRow::node);
  write_member(writer, table, "bytes", rows, &BytesRow::bytes);
}

/// Rows of the nodes that have references which were not found.
void write_unexplained(ColumnWriter& writer, HeapGraph& graph) noexcept {
  for (const bool nodes : {true, false}) {
    writer.begin_column("unexplained", nodes ? "node" : "count", "u4");
    for (std::uint32_t v = 0; v < graph.nodes_count(); ++v)
      if (const std::uint32_t count = unexplained_of(graph, v); count != 0)
        writer.put_value(nodes ? v : count);
    writer.end_column();
  }
}

/// A column of the edges, in the order of the nodes.
template <class Value>
void write_edges(ColumnWriter& writer, HeapGraph& graph, const char* name, const char* type,
                 const Growing<Value>& values) noexcept {
  writer.begin_column("edges", name, type);
  graph.for_each_row([&](std::uint32_t, const HeapGraph::Row& row) {
    if (row.first != row.end)
      writer.put(values.data() + row.first, (row.end - row.first) * sizeof(Value));
  });
  writer.end_column();
}

}  // namespace

bool find_births(HeapGraph& graph, Births& births) noexcept {
  if (g_recorder.mode.load(std::memory_order_relaxed) == Mode::kOff) return true;
  const std::uint32_t count = graph.nodes_count();
  if (!births.site.make(count) || !births.period.make(count)) return false;
  for (std::uint32_t v = 0; v < count; ++v) {
    auto* object = reinterpret_cast<PyObject*>(graph.address(v));
    if (object == nullptr) continue;
    const Block block = block_of(object);
    if (block.site == 0) continue;
    births.site[v] = block.site;
    births.period[v] = g_recorder.ledger.birth_period(block) + 1;
    // An int of one digit is a block of 28 or of 32 bytes, by what made it. Where there are others
    // beside its own block, these take more than that was rounded up by.
    const std::uint64_t beyond = graph.size_bytes(v) - block.size_bytes;
    if (beyond < 16) graph.set_rounded(v, static_cast<std::uint8_t>(beyond));
  }
  return true;
}

void write_graph(ColumnWriter& writer, HeapGraph& graph, const Births& births) noexcept {
  write_nodes(writer, graph, births);
  write_bytes(writer, "foreign", graph.foreign);
  write_bytes(writer, "slack", graph.slack);
  write_unexplained(writer, graph);
  write_edges(writer, graph, "target", "u4", graph.edge_target);
  write_edges(writer, graph, "name", "u4", graph.edge_name);
  write_edges(writer, graph, "kind", "u1", graph.edge_kind);
  write_member(writer, "types", "name", graph.types, &TypeRow::name);
  write_member(writer, "types", "node", graph.types, &TypeRow::node);
  write_member(writer, "labels", "node", graph.labels, &LabelRow::node);
  write_member(writer, "labels", "name", graph.labels, &LabelRow::label);
  write_member(writer, "facts", "node", graph.facts, &FactRow::node);
  write_member(writer, "facts", "name", graph.facts, &FactRow::name);
  write_member(writer, "facts", "value", graph.facts, &FactRow::value);
  write_member(writer, "copies", "node", graph.copies, &CopyRow::node);
  write_member(writer, "copies", "of", graph.copies, &CopyRow::of);
  write_member(writer, "equal_numbers", "node", graph.equal_numbers, &CopyRow::node);
  write_member(writer, "equal_numbers", "of", graph.equal_numbers, &CopyRow::of);
  write_array(writer, "small_int_texts", "node", "u4", graph.numerals[kSmallInt]);
  write_array(writer, "int_texts", "node", "u4", graph.numerals[kInt]);
  write_array(writer, "float_texts", "node", "u4", graph.numerals[kFloat]);
  write_array(writer, "digest_texts", "node", "u4", graph.numerals[kDigest]);
  write_strings(writer, "strings", graph.strings);
}

void write_held(ColumnWriter& writer) noexcept {
  const Mode mode = g_recorder.mode.load(std::memory_order_relaxed);
  StackTables& stacks = g_recorder.stacks;
  const SiteId sites_count = mode == Mode::kOff ? 0 : stacks.sites.size();
  const auto held = [&](SiteId site) {
    return mode == Mode::kSampled
               ? stacks.site_figures<double>(site).in_use_bytes
               : static_cast<double>(stacks.site_figures<std::int64_t>(site).in_use_bytes);
  };
  for (const bool sites : {true, false}) {
    writer.begin_column("held", sites ? "site" : "bytes", sites ? "u4" : "f8");
    for (SiteId site = 1; site < sites_count; ++site) {
      const double bytes = held(site);
      if (bytes <= 0 || !is_heap(static_cast<Kind>(stacks.sites[site].kind))) continue;
      if (sites)
        writer.put_value(site);
      else
        writer.put_value(bytes);
    }
    writer.end_column();
  }
}

bool write_sites(ColumnWriter& writer, const Births& births,
                 const Growing<SiteId>& others) noexcept {
  StackTables& stacks = g_recorder.stacks;
  if (!stacks.prepare())
    return false;  // nothing was ever recorded: the tables have their first rows
  const SiteId sites_count = stacks.sites.size();
  Growing<std::uint8_t> used;
  Growing<SiteId> chosen;
  if (!used.make(sites_count)) return false;
  for (std::uint64_t i = 0; i < births.site.size(); ++i)
    if (births.site[i] < sites_count) used[births.site[i]] = 1;
  for (std::uint64_t i = 0; i < others.size(); ++i)
    if (others[i] < sites_count) used[others[i]] = 1;
  for (SiteId site = 1; site < sites_count; ++site)
    if (used[site] != 0 && !chosen.push(site)) return false;
  write_stacks(writer, stacks, chosen.data(), static_cast<SiteId>(chosen.size()),
               StackTableNames{"stacks", "stack_strings"});
  return true;
}

}  // namespace heapwise::cpython
