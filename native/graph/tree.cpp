#include "graph/tree.hpp"

#include "graph/array.hpp"

namespace heapwise {

namespace {

/// Whether every dominator is a node, and the root has none.
bool is_sound(const TreeView& tree) noexcept {
  for (std::uint32_t v = 0; v < tree.nodes_count; ++v)
    if (tree.dominator[v] != kNoNode && tree.dominator[v] >= tree.nodes_count) return false;
  return tree.nodes_count == 0 || tree.dominator[0] == kNoNode;
}

}  // namespace

TreeResult children_of(const TreeView& tree, std::uint32_t* first, std::uint32_t* child) noexcept {
  if (!is_sound(tree)) return TreeResult::kNoTree;
  const std::uint32_t n = tree.nodes_count;
  Array<std::uint32_t> at(std::uint64_t{n} + 1);
  if (!at.ok()) return TreeResult::kNoMemory;
  for (std::uint32_t v = 0; v <= n; ++v) first[v] = 0;
  for (std::uint32_t v = 0; v < n; ++v)
    if (tree.dominator[v] != kNoNode) ++first[tree.dominator[v] + std::uint64_t{1}];
  for (std::uint32_t v = 0; v < n; ++v) first[v + std::uint64_t{1}] += first[v];
  for (std::uint32_t v = 0; v < n; ++v) at[v] = first[v];
  for (std::uint32_t v = 0; v < n; ++v)
    if (tree.dominator[v] != kNoNode) child[at[tree.dominator[v]]++] = v;
  return TreeResult::kDone;
}

TreeResult add_up(const TreeView& tree, const std::uint64_t* weights,
                  std::uint64_t* sums) noexcept {
  const std::uint32_t n = tree.nodes_count;
  Array<std::uint32_t> first(std::uint64_t{n} + 1), child(n), order(n);
  if (!first.ok() || !child.ok() || !order.ok()) return TreeResult::kNoMemory;
  const TreeResult result = children_of(tree, &first[0], &child[0]);
  if (result != TreeResult::kDone) return result;
  for (std::uint32_t v = 0; v < n; ++v) sums[v] = weights[v];
  std::uint32_t count = 0;
  if (n != 0) order[count++] = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t v = order[i];
    // Each node is the child of one at most, so that this ends even where the columns lie.
    for (std::uint32_t e = first[v]; e < first[v + std::uint64_t{1}]; ++e)
      order[count++] = child[e];
  }
  for (std::uint32_t i = count; i-- > 1;) sums[tree.dominator[order[i]]] += sums[order[i]];
  return TreeResult::kDone;
}

TreeResult retained_by_group(const TreeView& tree, const std::uint32_t* groups,
                             std::uint32_t groups_count, const std::uint64_t* retained,
                             std::uint64_t* sums) noexcept {
  const std::uint32_t n = tree.nodes_count;
  Array<std::uint32_t> first(std::uint64_t{n} + 1), child(n), depth(groups_count);
  Array<std::uint64_t> stack(std::uint64_t{n} * 2 + 1);  // a node, and whether it is left
  if (!first.ok() || !child.ok() || !depth.ok() || !stack.ok()) return TreeResult::kNoMemory;
  const TreeResult result = children_of(tree, &first[0], &child[0]);
  if (result != TreeResult::kDone) return result;
  for (std::uint32_t g = 0; g < groups_count; ++g) sums[g] = 0;
  std::uint64_t count = 0;
  if (n != 0) stack[count++] = 0;
  while (count != 0) {
    const std::uint64_t top = stack[--count];
    const auto v = static_cast<std::uint32_t>(top >> 1);
    const std::uint32_t group = groups[v] < groups_count ? groups[v] : kNoNode;
    if ((top & 1) != 0) {
      --depth[group];
      continue;
    }
    if (group != kNoNode) {
      if (depth[group] == 0) sums[group] += retained[v];
      if (first[v] != first[v + std::uint64_t{1}]) {
        ++depth[group];
        stack[count++] = top | 1;
      }
    }
    for (std::uint32_t e = first[v]; e < first[v + std::uint64_t{1}]; ++e)
      stack[count++] = std::uint64_t{child[e]} << 1;
  }
  return TreeResult::kDone;
}

}  // namespace heapwise
