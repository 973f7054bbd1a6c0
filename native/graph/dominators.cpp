#include "graph/dominators.hpp"

#include "graph/array.hpp"

namespace heapwise {

bool dominate(const GraphView& graph, const std::uint64_t* sizes, std::uint32_t* dominator,
              std::uint64_t* retained) noexcept {
  const std::uint32_t n = graph.nodes_count;
  for (std::uint32_t v = 0; v < n; ++v) {
    if (dominator != nullptr) dominator[v] = kNoNode;
    if (retained != nullptr) retained[v] = 0;
  }
  if (n == 0) return true;
  // All below is numbered in depth-first preorder: number 0 is the root.
  Array<std::uint32_t> number(n), node(n), parent(n);
  if (!number.ok() || !node.ok() || !parent.ok()) return false;
  std::uint32_t reached = 0;
  {
    Array<std::uint32_t> stack(n);
    Array<std::uint64_t> next(n);
    if (!stack.ok() || !next.ok()) return false;
    for (std::uint32_t v = 0; v < n; ++v) number[v] = kNoNode;
    std::uint32_t depth = 0;
    stack[depth++] = 0;
    number[0] = 0;
    node[reached++] = 0;
    next[0] = graph.first[0];
    while (depth != 0) {
      const std::uint32_t v = stack[depth - 1];
      if (next[v] == graph.end_of(v)) {
        --depth;
        continue;
      }
      const std::uint64_t edge = next[v]++;
      const std::uint32_t w = graph.targets[edge];
      if (number[w] != kNoNode || !graph.counts_edge(edge)) continue;
      parent[reached] = number[v];
      number[w] = reached;
      node[reached++] = w;
      next[w] = graph.first[w];
      stack[depth++] = w;
    }
  }
  // Predecessors by number, in compressed rows.
  Array<std::uint64_t> first(std::uint64_t{reached} + 1);
  if (!first.ok()) return false;
  std::uint64_t edges_count = 0;
  for (std::uint32_t i = 0; i < reached; ++i) {
    const std::uint32_t v = node[i];
    for (std::uint64_t e = graph.first[v]; e < graph.end_of(v); ++e)
      if (graph.counts_edge(e)) {
        ++first[number[graph.targets[e]] + std::uint64_t{1}];
        ++edges_count;
      }
  }
  for (std::uint32_t i = 0; i < reached; ++i) first[i + std::uint64_t{1}] += first[i];
  Array<std::uint32_t> before(edges_count);
  {
    Array<std::uint64_t> at(reached);
    if (!before.ok() || !at.ok()) return false;
    for (std::uint32_t i = 0; i < reached; ++i) at[i] = first[i];
    for (std::uint32_t i = 0; i < reached; ++i) {
      const std::uint32_t v = node[i];
      for (std::uint64_t e = graph.first[v]; e < graph.end_of(v); ++e)
        if (graph.counts_edge(e)) before[at[number[graph.targets[e]]]++] = i;
    }
  }
  // Semidominators. `ancestor` is compressed as it is walked; `label` has the least semidominator
  // on the way to it.
  Array<std::uint32_t> semi(reached), label(reached), ancestor(reached), path(reached);
  if (!semi.ok() || !label.ok() || !ancestor.ok() || !path.ok()) return false;
  for (std::uint32_t i = 0; i < reached; ++i) {
    semi[i] = label[i] = i;
    ancestor[i] = i == 0 ? 0 : parent[i];
  }
  for (std::uint32_t w = reached; w-- > 1;) {
    std::uint32_t least = w;
    for (std::uint64_t e = first[w]; e < first[w + std::uint64_t{1}]; ++e) {
      const std::uint32_t v = before[e];
      if (v <= w) {
        if (v < least) least = v;
        continue;
      }
      // Nodes above w are linked: compress the path from v to the last linked ancestor.
      std::uint32_t depth = 0;
      std::uint32_t at = v;
      while (ancestor[at] > w) {
        path[depth++] = at;
        at = ancestor[at];
      }
      const std::uint32_t top = ancestor[at];
      std::uint32_t best = label[at];
      while (depth != 0) {
        const std::uint32_t below = path[--depth];
        if (semi[best] < semi[label[below]]) label[below] = best;
        best = label[below];
        ancestor[below] = top;
      }
      if (semi[best] < least) least = semi[best];
    }
    semi[w] = least;
  }
  // The nearest common ancestor of a node's parent and its semidominator, in order of numbers.
  Array<std::uint32_t> above(reached);
  if (!above.ok()) return false;
  for (std::uint32_t w = 1; w < reached; ++w) {
    std::uint32_t v = parent[w];
    while (v > semi[w]) v = above[v];
    above[w] = v;
    if (dominator != nullptr) dominator[node[w]] = node[v];
  }
  if (retained != nullptr) {
    for (std::uint32_t i = 0; i < reached; ++i) retained[node[i]] = sizes[node[i]];
    for (std::uint32_t i = reached; i-- > 1;) retained[node[above[i]]] += retained[node[i]];
  }
  return true;
}

bool reach_without(const GraphView& graph, const std::uint8_t* gone, std::uint8_t* kept) noexcept {
  const std::uint32_t n = graph.nodes_count;
  Array<std::uint32_t> queue(n);
  if (!queue.ok()) return false;
  for (std::uint32_t v = 0; v < n; ++v) kept[v] = 0;
  std::uint32_t count = 0;
  if (n != 0 && gone[0] == 0) {
    kept[0] = 1;
    queue[count++] = 0;
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t v = queue[i];
    for (std::uint64_t e = graph.first[v]; e < graph.end_of(v); ++e) {
      const std::uint32_t w = graph.targets[e];
      if (kept[w] != 0 || gone[w] != 0 || !graph.counts_edge(e)) continue;
      kept[w] = 1;
      queue[count++] = w;
    }
  }
  return true;
}

bool shortest_paths(const GraphView& graph, const std::uint8_t* late, std::uint32_t* parent,
                    std::uint64_t* edge) noexcept {
  const std::uint32_t n = graph.nodes_count;
  Array<std::uint32_t> queue(n), waiting(late == nullptr ? 0 : n);
  if (!queue.ok() || !waiting.ok()) return false;
  for (std::uint32_t v = 0; v < n; ++v) parent[v] = kNoNode;
  if (n == 0) return true;
  std::uint32_t count = 0, waiting_count = 0, next_waiting = 0;
  parent[0] = 0;
  edge[0] = 0;
  queue[count++] = 0;
  const auto leave = [&](std::uint32_t v) {
    for (std::uint64_t e = graph.first[v]; e < graph.end_of(v); ++e) {
      const std::uint32_t w = graph.targets[e];
      if (parent[w] != kNoNode || !graph.counts_edge(e)) continue;
      parent[w] = v;
      edge[w] = e;
      queue[count++] = w;
    }
  };
  for (std::uint32_t i = 0; i < count || next_waiting < waiting_count;) {
    if (i == count) {
      leave(waiting[next_waiting++]);
      continue;
    }
    const std::uint32_t v = queue[i++];
    if (late != nullptr && late[v] != 0)
      waiting[waiting_count++] = v;
    else
      leave(v);
  }
  return true;
}

}  // namespace heapwise
