// No Python, no exceptions. Ways through the graph, and rings in it.
#pragma once

#include <cstdint>

#include "base/growing.hpp"
#include "graph/view.hpp"

namespace heapwise {

/// Paths from sources to a target that have no node in common but these, as many as there are but
/// `most`: the edges of each in order, each path ended by kPathEnd. Sources are the nodes with
/// is_source[v] != 0; no path leads through one. False when there is no memory.
inline constexpr std::uint64_t kPathEnd = ~std::uint64_t{0};
bool disjoint_paths(const GraphView& graph, const std::uint8_t* is_source, std::uint32_t target,
                    unsigned most, Growing<std::uint64_t>& edges) noexcept;

/// component[v]: the number of the strongly connected component of v (Tarjan's algorithm, without
/// recursion). False when there is no memory.
bool strong_components(const GraphView& graph, std::uint32_t* component) noexcept;

}  // namespace heapwise
