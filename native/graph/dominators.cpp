#include "graph/dominators.hpp"

#include "base/growing.hpp"
#include "graph/array.hpp"

namespace heapwise {

namespace {

/// A depth-first tree in preorder: number 0 is the root.
struct Preorder {
  explicit Preorder(std::uint32_t n) noexcept : node(n), parent(n) {}
  Array<std::uint32_t> node;    ///< number -> node
  Array<std::uint32_t> parent;  ///< number -> number
  std::uint32_t count = 0;
};

/// Numbers what the root reaches; number[v] is kNoNode of the rest.
bool walk_depth_first(const GraphView& graph, Preorder& tree,
                      Array<std::uint32_t>& number) noexcept {
  const std::uint32_t n = graph.nodes_count;
  Array<std::uint32_t> stack(n), next(n);
  if (!stack.ok() || !next.ok()) return false;
  for (std::uint32_t v = 0; v < n; ++v) number[v] = kNoNode;
  std::uint32_t depth = 0;
  stack[depth++] = 0;
  number[0] = 0;
  tree.node[tree.count++] = 0;
  while (depth != 0) {
    const std::uint32_t v = stack[depth - 1];
    if (next[v] == graph.counts[v]) {
      --depth;
      continue;
    }
    const std::uint64_t edge = std::uint64_t{graph.first[v]} + next[v]++;
    const std::uint32_t w = graph.targets[edge];
    if (number[w] != kNoNode || !graph.counts_edge(edge)) continue;
    tree.parent[tree.count] = number[v];
    number[w] = tree.count;
    tree.node[tree.count++] = w;
    stack[depth++] = w;
  }
  return true;
}

/// Predecessors by number in compressed rows: those of w are before[first[w]] .. before[first[w +
/// 1]].
bool turn_around(const GraphView& graph, Preorder& tree, Array<std::uint32_t>& number,
                 Array<std::uint32_t>& first, Growing<std::uint32_t>& before) noexcept {
  std::uint32_t edges_count = 0;  // rows are numbered in 32 bits: see GraphView
  for (std::uint32_t i = 0; i < tree.count; ++i) {
    const std::uint32_t v = tree.node[i];
    for (std::uint64_t e = graph.first[v]; e < graph.end_of(v); ++e)
      if (graph.counts_edge(e)) {
        ++first[number[graph.targets[e]]];
        ++edges_count;
      }
  }
  if (!before.make(edges_count)) return false;
  for (std::uint32_t i = 1; i < tree.count; ++i) first[i] += first[i - 1];
  first[tree.count] = edges_count;
  // Each row is filled from its end: what is left is where it begins.
  for (std::uint32_t i = tree.count; i-- > 0;) {
    const std::uint32_t v = tree.node[i];
    for (std::uint64_t e = graph.first[v]; e < graph.end_of(v); ++e)
      if (graph.counts_edge(e)) before[--first[number[graph.targets[e]]]] = i;
  }
  return true;
}

/// semi[w] of each number. `ancestor` is compressed as it is walked; `label` has the least
/// semidominator on the way to it; `path` has room for all.
void find_semidominators(Preorder& tree, Array<std::uint32_t>& first,
                         const Growing<std::uint32_t>& before, Array<std::uint32_t>& semi,
                         Array<std::uint32_t>& path) noexcept {
  Array<std::uint32_t> label(tree.count), ancestor(tree.count);
  if (!label.ok() || !ancestor.ok()) {
    semi.release();
    return;
  }
  for (std::uint32_t i = 0; i < tree.count; ++i) {
    semi[i] = label[i] = i;
    ancestor[i] = i == 0 ? 0 : tree.parent[i];
  }
  for (std::uint32_t w = tree.count; w-- > 1;) {
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
}

/// Adds up what each node dominates, and clears what was not reached. `above` by number.
void add_up_retained(Preorder& tree, Array<std::uint32_t>& above, Array<std::uint8_t>& reached,
                     std::uint32_t nodes_count, std::uint64_t* retained) noexcept {
  for (std::uint32_t v = 0; v < nodes_count; ++v)
    if (reached[v] == 0) retained[v] = 0;
  for (std::uint32_t i = tree.count; i-- > 1;)
    retained[tree.node[above[i]]] += retained[tree.node[i]];
}

}  // namespace

bool dominate(const GraphView& graph, std::uint32_t* dominator, std::uint64_t* retained,
              void (*done_with_graph)(void*), void* argument) noexcept {
  const std::uint32_t n = graph.nodes_count;
  if (n == 0) return true;
  Preorder tree(n);
  Array<std::uint32_t> first(std::uint64_t{n} + 1);
  Growing<std::uint32_t> before;
  {
    Array<std::uint32_t> number(n);
    if (!tree.node.ok() || !tree.parent.ok() || !first.ok() || !number.ok() ||
        !walk_depth_first(graph, tree, number) || !turn_around(graph, tree, number, first, before))
      return false;
  }
  if (done_with_graph != nullptr) done_with_graph(argument);
  // The room of paths serves the dominators afterwards.
  Array<std::uint32_t> semi(tree.count), above(tree.count);
  if (!semi.ok() || !above.ok()) return false;
  find_semidominators(tree, first, before, semi, above);
  if (!semi.ok()) return false;
  first.release();
  before.release();
  // The nearest common ancestor of a node's parent and its semidominator, in order of numbers.
  above[0] = 0;
  for (std::uint32_t w = 1; w < tree.count; ++w) {
    std::uint32_t v = tree.parent[w];
    while (v > semi[w]) v = above[v];
    above[w] = v;
  }
  semi.release();
  tree.parent.release();
  if (retained != nullptr) {
    Array<std::uint8_t> reached(n);
    if (!reached.ok()) return false;
    for (std::uint32_t i = 0; i < tree.count; ++i) reached[tree.node[i]] = 1;
    add_up_retained(tree, above, reached, n, retained);
  }
  if (dominator != nullptr) {
    for (std::uint32_t v = 0; v < n; ++v) dominator[v] = kNoNode;
    for (std::uint32_t w = 1; w < tree.count; ++w) dominator[tree.node[w]] = tree.node[above[w]];
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
  for (std::uint32_t v = 0; v < n; ++v) {
    parent[v] = kNoNode;
    edge[v] = 0;
  }
  if (n == 0) return true;
  std::uint32_t count = 0, waiting_count = 0, next_waiting = 0;
  parent[0] = 0;
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
