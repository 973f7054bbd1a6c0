// A rooted graph in compressed rows.
#pragma once

#include <cstdint>

namespace heapwise {

/// Outgoing edges: those of node v are targets[first[v]] .. targets[first[v] + counts[v]].
/// Node 0 is the root; what it does not reach has no dominator. There are less than 2^32 edges.
struct GraphView {
  std::uint32_t nodes_count = 0;
  const std::uint32_t* first = nullptr;
  const std::uint32_t* counts = nullptr;
  const std::uint32_t* targets = nullptr;
  /// One byte an edge: those that are 1 (weak references) are left out; nullptr: none is.
  const std::uint8_t* left_out = nullptr;

  [[nodiscard]] bool counts_edge(std::uint64_t edge) const noexcept {
    return left_out == nullptr || left_out[edge] != 1;
  }
  [[nodiscard]] std::uint64_t end_of(std::uint32_t node) const noexcept {
    return std::uint64_t{first[node]} + counts[node];
  }
};

inline constexpr std::uint32_t kNoNode = 0xffffffffU;

}  // namespace heapwise
