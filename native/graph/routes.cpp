#include "graph/routes.hpp"

#include "graph/array.hpp"

namespace heapwise {

namespace {

/// Vertex-disjoint paths as a flow of which each node can carry one unit (Ford and Fulkerson; each
/// augmenting path by breadth-first search). A node is two states: *in*, and *out* behind it.
class Flow {
 public:
  Flow(const GraphView& graph, const std::uint8_t* is_source, std::uint32_t target) noexcept
      : graph_(graph),
        is_source_(is_source),
        target_(target),
        in_edge_(graph.nodes_count),
        before_(graph.nodes_count),
        came_from_(std::uint64_t{graph.nodes_count} * 2),
        came_by_(std::uint64_t{graph.nodes_count} * 2),
        queue_(std::uint64_t{graph.nodes_count} * 2) {}

  [[nodiscard]] bool ok() noexcept {
    return in_edge_.ok() && before_.ok() && came_from_.ok() && came_by_.ok() && queue_.ok();
  }

  /// One path more; false when there is none, or no memory.
  bool augment() noexcept {
    for (std::uint64_t s = 0; s < std::uint64_t{graph_.nodes_count} * 2; ++s) came_from_[s] = 0;
    count_ = 0;
    for (std::uint32_t v = 0; v < graph_.nodes_count; ++v)
      if (is_source_[v] != 0) meet(out(v), out(v), 0);
    for (std::uint64_t i = 0; i < count_; ++i) {
      const std::uint64_t state = queue_[i];
      const auto v = static_cast<std::uint32_t>(state >> 1);
      if ((state & 1) == 0) {
        if (!carries(v))
          meet(out(v), state, 0);
        else if (is_source_[before_[v]] == 0)  // back along the path that runs through it
          meet(out(before_[v]), state, in_edge_[v]);
        continue;
      }
      if (is_source_[v] == 0 && carries(v)) meet(v * std::uint64_t{2}, state, 0);
      for (std::uint64_t e = graph_.first[v]; e < graph_.end_of(v); ++e) {
        const std::uint32_t w = graph_.targets[e];
        if (!graph_.counts_edge(e) || w == v) continue;
        if (w == target_) {
          if (is_used_end(v, e)) continue;
          return take(state, e);
        }
        if (is_source_[w] != 0) continue;
        if (in_edge_[w] == e + 1) continue;
        meet(w * std::uint64_t{2}, state, e + 1);
      }
    }
    return false;
  }

  /// The edges of each path, from the root on.
  bool paths(Growing<std::uint64_t>& edges) noexcept {
    Growing<std::uint64_t> path;
    for (std::uint64_t i = 0; i < ends_.size(); ++i) {
      path.clear();
      if (!path.push(ends_[i].edge)) return false;
      for (std::uint32_t v = ends_[i].source; is_source_[v] == 0; v = before_[v])
        if (!path.push(in_edge_[v] - 1)) return false;
      for (std::uint64_t at = path.size(); at-- > 0;)
        if (!edges.push(path[at])) return false;
      if (!edges.push(kPathEnd)) return false;
    }
    return true;
  }

 private:
  struct End {
    std::uint32_t source;
    std::uint64_t edge;
  };
  struct Step {
    std::uint32_t from;
    std::uint32_t to;
    std::uint64_t edge;  ///< plus 1
    bool forward;
  };

  static std::uint64_t out(std::uint32_t v) noexcept { return v * std::uint64_t{2} + 1; }
  [[nodiscard]] bool carries(std::uint32_t v) noexcept { return in_edge_[v] != 0; }
  /// A source may lead to the target by many edges: that is one path.
  [[nodiscard]] bool is_used_end(std::uint32_t source, std::uint64_t edge) noexcept {
    for (std::uint64_t i = 0; i < ends_.size(); ++i)
      if (ends_[i].edge == edge || (is_source_[source] != 0 && ends_[i].source == source))
        return true;
    return false;
  }

  void meet(std::uint64_t state, std::uint64_t from, std::uint64_t by) noexcept {
    if (came_from_[state] != 0) return;
    came_from_[state] = from + 1;
    came_by_[state] = by;
    queue_[count_++] = state;
  }

  /// Sends a unit along the path that was found.
  bool take(std::uint64_t state, std::uint64_t last) noexcept {
    if (!ends_.push(End{static_cast<std::uint32_t>(state >> 1), last})) return false;
    steps_.clear();
    for (std::uint64_t at = state; came_from_[at] - 1 != at;) {
      const std::uint64_t from = came_from_[at] - 1;
      const auto v = static_cast<std::uint32_t>(at >> 1);
      const auto u = static_cast<std::uint32_t>(from >> 1);
      if (u != v) {
        const bool forward = (at & 1) == 0;
        const Step step =
            forward ? Step{u, v, came_by_[at], true} : Step{v, u, came_by_[at], false};
        if (!steps_.push(step)) return false;
      }
      at = from;
    }
    for (std::uint64_t i = 0; i < steps_.size(); ++i) {
      const Step& step = steps_[i];
      if (step.forward || in_edge_[step.to] != step.edge) continue;
      in_edge_[step.to] = 0;
      before_[step.to] = 0;
    }
    for (std::uint64_t i = 0; i < steps_.size(); ++i) {
      const Step& step = steps_[i];
      if (!step.forward) continue;
      in_edge_[step.to] = step.edge;
      before_[step.to] = step.from;
    }
    return true;
  }

  const GraphView& graph_;
  const std::uint8_t* is_source_;
  std::uint32_t target_;
  Array<std::uint64_t>
      in_edge_;                  ///< the edge by which a path comes to a node, plus 1; 0: none does
  Array<std::uint32_t> before_;  ///< the node before it on that path
  Array<std::uint64_t> came_from_;  ///< the state before this one in the search, plus 1
  Array<std::uint64_t> came_by_;
  Array<std::uint64_t> queue_;
  std::uint64_t count_ = 0;
  Growing<End> ends_;
  Growing<Step> steps_;
};

}  // namespace

bool disjoint_paths(const GraphView& graph, const std::uint8_t* is_source, std::uint32_t target,
                    unsigned most, Growing<std::uint64_t>& edges) noexcept {
  if (target >= graph.nodes_count || is_source[target] != 0) return true;
  Flow flow(graph, is_source, target);
  if (!flow.ok()) return false;
  for (unsigned i = 0; i < most && flow.augment(); ++i) {
  }
  return flow.paths(edges);
}

bool strong_components(const GraphView& graph, std::uint32_t* component) noexcept {
  const std::uint32_t n = graph.nodes_count;
  Array<std::uint32_t> number(n), low(n), open(n), stack(n);
  Array<std::uint64_t> next(n);
  if (!number.ok() || !low.ok() || !open.ok() || !stack.ok() || !next.ok()) return false;
  std::uint32_t numbered = 0, components = 0, open_count = 0;
  for (std::uint32_t v = 0; v < n; ++v) component[v] = kNoNode;
  for (std::uint32_t start = 0; start < n; ++start) {
    if (number[start] != 0) continue;
    std::uint32_t depth = 0;
    stack[depth++] = start;
    while (depth != 0) {
      const std::uint32_t v = stack[depth - 1];
      if (number[v] == 0) {
        number[v] = low[v] = ++numbered;
        next[v] = graph.first[v];
        open[open_count++] = v;
      }
      if (next[v] != graph.end_of(v)) {
        const std::uint64_t e = next[v]++;
        const std::uint32_t w = graph.targets[e];
        if (!graph.counts_edge(e)) continue;
        if (number[w] == 0)
          stack[depth++] = w;
        else if (component[w] == kNoNode && number[w] < low[v])
          low[v] = number[w];
        continue;
      }
      --depth;
      if (depth != 0 && low[v] < low[stack[depth - 1]]) low[stack[depth - 1]] = low[v];
      if (low[v] != number[v]) continue;
      for (std::uint32_t w = kNoNode; w != v;) {
        w = open[--open_count];
        component[w] = components;
      }
      ++components;
    }
  }
  return true;
}

}  // namespace heapwise
