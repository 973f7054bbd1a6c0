#include "capture/stack_writer.hpp"

namespace heapwise {

// Sizes are loaded parents last: a row written names only rows that are written, too.
void write_stacks(ColumnWriter& writer, const StackTables& stacks, const SiteId* chosen,
                  SiteId chosen_count, const StackTableNames& names) noexcept {
  const std::uint32_t nodes = stacks.nodes.size();
  const std::uint32_t codes = stacks.codes.size();
  const auto site = [&](auto i) -> const SiteKeyRow& { return stacks.sites[chosen[i]]; };
  writer.column_u4("sites", "id", chosen_count, [&](auto i) { return chosen[i]; });
  writer.column_u4("sites", "parent", chosen_count, [&](auto i) { return site(i).parent; });
  writer.column_u4("sites", "code", chosen_count, [&](auto i) { return site(i).code; });
  writer.column_u4("sites", "position", chosen_count, [&](auto i) { return site(i).position; });
  writer.column_u4("sites", "kind", chosen_count, [&](auto i) { return site(i).kind; });
  const auto node = [&](auto i) -> const auto& {
    return stacks.nodes[static_cast<std::uint32_t>(i)];
  };
  writer.column_u4(names.nodes, "parent", nodes, [&](auto i) { return node(i).parent; });
  writer.column_u4(names.nodes, "code", nodes, [&](auto i) { return node(i).code; });
  writer.column_u4(names.nodes, "position", nodes, [&](auto i) { return node(i).position; });
  const auto code = [&](auto i) -> const auto& {
    return stacks.codes[static_cast<std::uint32_t>(i)];
  };
  writer.column_u4("codes", "file", codes, [&](auto i) { return code(i).file; });
  writer.column_u4("codes", "function", codes, [&](auto i) { return code(i).function; });
  writer.column_u4("codes", "linetable", codes, [&](auto i) { return code(i).linetable; });
  writer.begin_column("codes", "first_line", "i4");
  for (std::uint32_t i = 0; i < codes; ++i) writer.put_value(stacks.codes[i].first_line);
  writer.end_column();
  write_strings(writer, names.strings, stacks.strings);
}

void write_strings(ColumnWriter& writer, const char* table, const StringTable& strings) noexcept {
  const std::uint32_t count = strings.size();
  std::uint64_t end = 0;
  writer.begin_column(table, "offsets", "u8");
  writer.put_value(end);
  for (std::uint32_t i = 0; i < count; ++i) writer.put_value(end += strings[i].size_bytes);
  writer.end_column();
  writer.begin_column(table, "bytes", "u1");
  for (std::uint32_t i = 0; i < count; ++i) writer.put(strings[i].data, strings[i].size_bytes);
  writer.end_column();
}

}  // namespace heapwise
