// No Python, no exceptions. Questions to the dominator tree.
#pragma once

#include <cstdint>

#include "graph/view.hpp"

namespace heapwise {

/// The immediate dominator of each node, as `dominate` leaves it.
struct TreeView {
  std::uint32_t nodes_count = 0;
  const std::uint32_t* dominator = nullptr;
};

enum class TreeResult : std::uint8_t { kDone, kNoMemory, kNoTree };

/// The children of each node: those of v are child[first[v]] .. child[first[v + 1]], by number.
/// `first` has room for nodes_count + 1 values, `child` for nodes_count.
TreeResult children_of(const TreeView& tree, std::uint32_t* first, std::uint32_t* child) noexcept;

/// sums[v]: weights of v and of all below it. What is not in the tree has its own weight.
TreeResult add_up(const TreeView& tree, const std::uint64_t* weights, std::uint64_t* sums) noexcept;

/// retained[g]: what the members of group g retain, those that another one dominates not counted
/// again. `groups` numbers them below groups_count; others (kNoNode) are in none.
TreeResult retained_by_group(const TreeView& tree, const std::uint32_t* groups,
                             std::uint32_t groups_count, const std::uint64_t* retained,
                             std::uint64_t* sums) noexcept;

}  // namespace heapwise
