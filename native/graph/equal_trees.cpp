#include "graph/equal_trees.hpp"

#include <algorithm>

#include "base/hash.hpp"
#include "graph/array.hpp"
#include "graph/routes.hpp"

namespace heapwise {

namespace {

constexpr std::uint64_t kLeafSeed = 0x2545f4914f6cdd1dULL;
constexpr std::uint64_t kRingSeed = 0x517cc1b727220a95ULL;
constexpr std::uint64_t kMostLooks = 8;  ///< at nodes of rings, for each node that there is

/// Hashes of what nodes hold, from the leaves up.
class Hashes {
 public:
  explicit Hashes(const TreesView& trees) noexcept
      : trees_(trees), n_(trees.graph.nodes_count), component_(n_), order_(n_), hash_(n_) {}

  /// False when there is no memory.
  bool make(std::uint64_t edges_count) noexcept {
    if (!component_.ok() || !order_.ok() || !hash_.ok() || !find_components(edges_count))
      return false;
    std::uint32_t begin = 0;
    while (begin < n_) {
      std::uint32_t end = begin + 1;
      while (end < n_ && component_[order_[end]] == component_[order_[begin]]) ++end;
      const std::uint32_t v = order_[begin];
      if (trees_.is_container[v] == 0)
        hash_[v] = of_leaf(v);
      else if (end - begin == 1 && !is_ring(v))
        hash_[v] = mix64(outside(v, kNoNode));
      else if (!of_ring(begin, end))
        return false;
      begin = end;
    }
    return true;
  }

  std::uint64_t operator[](std::uint32_t v) noexcept { return hash_[v]; }

 private:
  [[nodiscard]] std::uint64_t of_leaf(std::uint32_t v) const noexcept {
    return mix64(trees_.same[v] ^ kLeafSeed);
  }

  /// Components of containers alone, and the nodes in their order: what a node refers to comes
  /// before it.
  bool find_components(std::uint64_t edges_count) noexcept {
    Array<std::uint8_t> left_out(edges_count);
    if (!left_out.ok()) return false;
    GraphView containers = trees_.graph;
    for (std::uint32_t v = 0; v < n_; ++v)
      for (std::uint64_t e = containers.first[v]; e < containers.end_of(v); ++e)
        left_out[e] = trees_.is_container[v] == 0 ||
                      trees_.is_container[containers.targets[e]] == 0 || trees_.kinds[e] == 1;
    containers.left_out = &left_out[0];
    if (!strong_components(containers, &component_[0])) return false;
    Array<std::uint32_t> begins(std::uint64_t{n_} + 1);
    if (!begins.ok()) return false;
    for (std::uint32_t v = 0; v < n_; ++v) ++begins[component_[v] + 1];
    for (std::uint32_t c = 0; c < n_; ++c) begins[c + 1] += begins[c];
    for (std::uint32_t v = 0; v < n_; ++v) order_[begins[component_[v]]++] = v;
    return true;
  }

  [[nodiscard]] bool is_ring(std::uint32_t v) const noexcept {
    for (std::uint64_t e = trees_.graph.first[v]; e < trees_.graph.end_of(v); ++e)
      if (trees_.graph.targets[e] == v) return true;
    return false;
  }

  [[nodiscard]] std::uint64_t word(std::uint64_t edge, std::uint64_t of_target) const noexcept {
    const std::uint64_t name = (std::uint64_t{trees_.kinds[edge]} << 32) | trees_.names[edge];
    return mix64(mix64(name) ^ of_target);
  }

  /// What a node is, and what it refers to outside of a component. The names say which item is
  /// which, so that sums do.
  std::uint64_t outside(std::uint32_t v, std::uint32_t component) noexcept {
    const GraphView& graph = trees_.graph;
    std::uint64_t sum = mix64((std::uint64_t{trees_.types[v]} << 32) | graph.counts[v]);
    for (std::uint64_t e = graph.first[v]; e < graph.end_of(v); ++e) {
      const std::uint32_t target = graph.targets[e];
      if (is_in(target, component)) continue;
      const bool known = trees_.is_container[target] != 0;
      sum += word(e, known ? hash_[target] : of_leaf(target));
    }
    return sum;
  }

  bool is_in(std::uint32_t v, std::uint32_t component) noexcept {
    return trees_.is_container[v] != 0 && component_[v] == component;
  }

  /// Nodes of a ring are told apart by what they refer to, again and again, until no more are told
  /// apart.
  bool of_ring(std::uint32_t begin, std::uint32_t end) noexcept {
    const std::uint32_t size = end - begin;
    const std::uint32_t component = component_[order_[begin]];
    Array<std::uint64_t> base(size), next(size), sorted(size);
    if (!base.ok() || !next.ok() || !sorted.ok()) return false;
    for (std::uint32_t i = 0; i < size; ++i) {
      base[i] = outside(order_[begin + i], component);
      hash_[order_[begin + i]] = mix64(base[i]);
    }
    std::uint64_t told_apart = 0;
    unsigned rounds = 0;
    for (; rounds < kMostRounds; ++rounds) {
      if ((looks_ += size) > kMostLooks * n_) rounds = kMostRounds - 1;
      for (std::uint32_t i = 0; i < size; ++i) sorted[i] = hash_[order_[begin + i]];
      std::sort(&sorted[0], &sorted[0] + size);
      const auto distinct =
          static_cast<std::uint64_t>(std::unique(&sorted[0], &sorted[0] + size) - &sorted[0]);
      if (distinct == told_apart) break;
      told_apart = distinct;
      for (std::uint32_t i = 0; i < size; ++i)
        next[i] = base[i] + inside(order_[begin + i], component);
      for (std::uint32_t i = 0; i < size; ++i) hash_[order_[begin + i]] = mix64(next[i]);
    }
    const std::uint64_t ring = mix64((std::uint64_t{size} << 32 | rounds) ^ kRingSeed) ^ told_apart;
    for (std::uint32_t i = 0; i < size; ++i) {
      const std::uint32_t v = order_[begin + i];
      hash_[v] = rounds < kMostRounds ? mix64(hash_[v] ^ ring) : mix64(v ^ kRingSeed);
    }
    return true;
  }

  std::uint64_t inside(std::uint32_t v, std::uint32_t component) noexcept {
    std::uint64_t sum = 0;
    for (std::uint64_t e = trees_.graph.first[v]; e < trees_.graph.end_of(v); ++e)
      if (const std::uint32_t target = trees_.graph.targets[e]; is_in(target, component))
        sum += word(e, hash_[target]);
    return sum;
  }

  const TreesView& trees_;
  const std::uint32_t n_;
  std::uint64_t looks_ = 0;
  Array<std::uint32_t> component_;
  Array<std::uint32_t> order_;
  Array<std::uint64_t> hash_;
};

}  // namespace

bool equal_trees(const TreesView& trees, std::uint32_t* equal) noexcept {
  const GraphView& graph = trees.graph;
  const std::uint32_t n = graph.nodes_count;
  std::uint64_t edges_count = 0;
  std::uint64_t containers = 0;
  for (std::uint32_t v = 0; v < n; ++v) {
    edges_count = std::max(edges_count, graph.end_of(v));
    containers += trees.is_container[v];
  }
  Hashes hashes(trees);
  if (!hashes.make(edges_count)) return false;
  std::uint64_t room = 1024;
  while (room * 3 < containers * 4) room *= 2;
  Array<std::uint32_t> table(room);  // the node of a hash, plus 1
  if (!table.ok()) return false;
  for (std::uint32_t v = 0; v < n; ++v) {
    equal[v] = trees.same[v];
    if (trees.is_container[v] == 0) continue;
    std::uint64_t at = hashes[v] & (room - 1);
    while (table[at] != 0 && hashes[table[at] - 1] != hashes[v]) at = (at + 1) & (room - 1);
    if (table[at] == 0) table[at] = v + 1;
    equal[v] = table[at] - 1;
  }
  return true;
}

}  // namespace heapwise
