// No Python, no exceptions. Which objects hold the same, down to the last: trees that are equal as
// wholes.
#pragma once

#include <cstdint>

#include "base/growing.hpp"
#include "graph/tree.hpp"
#include "graph/view.hpp"

namespace heapwise {

/// A graph whose nodes are containers or leaves. What is said of a container is all in its edges; a
/// leaf is equal to itself and to what `same` names.
struct TreesView {
  GraphView graph;
  const std::uint8_t* kinds = nullptr;         ///< of the edges
  const std::uint32_t* names = nullptr;        ///< of the edges
  const std::uint32_t* types = nullptr;        ///< of the nodes
  const std::uint8_t* is_container = nullptr;  ///< of the nodes: 1 or 0
  const std::uint32_t* same = nullptr;         ///< of the leaves: the first that is equal
};

/// equal[v]: the first container that holds the same as v, v itself when there is none before it;
/// of leaves `same`. Rings are equal when as many nodes look alike from each of them; those that
/// take more than kMostRounds looks to tell apart, or too many in all, are equal to nothing. By
/// 64-bit hashes. False when there is no memory.
inline constexpr unsigned kMostRounds = 64;
bool equal_trees(const TreesView& trees, std::uint32_t* equal) noexcept;

/// A tree that could go: `of` holds the same, and stays.
struct CopiedTree {
  std::uint32_t node;
  std::uint32_t of;
  std::uint64_t bytes;  ///< that it alone keeps, without those of copies that are named before it
};

struct CopiesView {
  std::uint32_t nodes_count = 0;
  const std::uint32_t* equal = nullptr;
  const std::uint8_t* is_root = nullptr;  ///< may be named: 1 or 0
  const std::uint32_t* dominator = nullptr;
  const std::uint64_t* sizes = nullptr;
  const std::uint64_t* retained = nullptr;
};

/// The trees that go when equal ones are made one, those that save most first; copies of less than
/// `least_bytes` in all are left out. No byte counts twice.
TreeResult copied_trees(const CopiesView& view, std::uint64_t least_bytes,
                        Growing<CopiedTree>& found) noexcept;

}  // namespace heapwise
