// The graph algorithms over the columns of a snapshot: buffers in, bytes out.
#include "bind/graph.hpp"

#include <cstring>
#include <string>

#include "graph/dominators.hpp"

namespace nb = nanobind;
using namespace nb::literals;

namespace heapwise {

namespace {

/// A contiguous buffer of a Python object, read as values.
template <class Value>
class Column {
 public:
  explicit Column(nb::handle object) {
    if (PyObject_GetBuffer(object.ptr(), &view_, PyBUF_SIMPLE) != 0) throw nb::python_error();
  }
  ~Column() { PyBuffer_Release(&view_); }
  Column(const Column&) = delete;
  Column& operator=(const Column&) = delete;
  [[nodiscard]] const Value* data() const { return static_cast<const Value*>(view_.buf); }
  [[nodiscard]] std::size_t size() const {
    return static_cast<std::size_t>(view_.len) / sizeof(Value);
  }
  const Value& operator[](std::size_t i) const { return data()[i]; }

 private:
  Py_buffer view_{};
};

/// The columns that make a graph; ValueError when they contradict each other.
struct Graph {
  Graph(nb::handle first_edge, nb::handle edges_count, nb::handle target, nb::handle kind)
      : first(first_edge), counts(edges_count), targets(target), kinds(kind) {
    const std::size_t n = first.size();
    bool sound = counts.size() == n && kinds.size() == targets.size() && n < kNoNode;
    for (std::size_t v = 0; sound && v < n; ++v)
      sound = first[v] <= targets.size() && counts[v] <= targets.size() - first[v];
    for (std::size_t e = 0; sound && e < targets.size(); ++e) sound = targets[e] < n;
    if (!sound) throw nb::value_error("the columns of the graph contradict each other");
  }
  [[nodiscard]] GraphView view() const {
    return GraphView{static_cast<std::uint32_t>(first.size()), first.data(), counts.data(),
                     targets.data(), kinds.data()};
  }
  Column<std::uint64_t> first;
  Column<std::uint32_t> counts;
  Column<std::uint32_t> targets;
  Column<std::uint8_t> kinds;
};

template <class Value>
nb::bytes bytes_of(const std::string& buffer, const Value*) {
  return nb::bytes(buffer.data(), buffer.size());
}

template <class Value>
Value* values_of(std::string& buffer, std::size_t count) {
  buffer.assign(count * sizeof(Value), '\0');
  return reinterpret_cast<Value*>(buffer.data());
}

nb::tuple dominators(nb::handle first, nb::handle counts, nb::handle target, nb::handle kind,
                     nb::handle sizes) {
  const Graph graph(first, counts, target, kind);
  const Column<std::uint64_t> size(sizes);
  if (size.size() != graph.first.size()) throw nb::value_error("one size a node is needed");
  std::string dominator, retained;
  auto* d = values_of<std::uint32_t>(dominator, size.size());
  auto* r = values_of<std::uint64_t>(retained, size.size());
  if (!dominate(graph.view(), size.data(), d, r)) throw std::bad_alloc();
  return nb::make_tuple(bytes_of(dominator, d), bytes_of(retained, r));
}

nb::tuple parents(nb::handle first, nb::handle counts, nb::handle target, nb::handle kind) {
  const Graph graph(first, counts, target, kind);
  std::string parent, edge;
  auto* p = values_of<std::uint32_t>(parent, graph.first.size());
  auto* e = values_of<std::uint64_t>(edge, graph.first.size());
  if (!shortest_paths(graph.view(), p, e)) throw std::bad_alloc();
  return nb::make_tuple(bytes_of(parent, p), bytes_of(edge, e));
}

nb::bytes kept_without(nb::handle first, nb::handle counts, nb::handle target, nb::handle kind,
                       nb::handle gone) {
  const Graph graph(first, counts, target, kind);
  const Column<std::uint8_t> away(gone);
  if (away.size() != graph.first.size()) throw nb::value_error("one mark a node is needed");
  std::string kept;
  auto* k = values_of<std::uint8_t>(kept, away.size());
  if (!reach_without(graph.view(), away.data(), k)) throw std::bad_alloc();
  return bytes_of(kept, k);
}

/// By type: count, shallow bytes, foreign bytes, retained bytes (topmost members once),
/// unexplained references. Five u8 a type.
nb::bytes by_type(nb::handle type, nb::handle size, nb::handle foreign, nb::handle refcount,
                  nb::handle in_edges, nb::handle dominator, nb::handle retained,
                  std::size_t types_count) {
  const Column<std::uint32_t> types(type), references(refcount), found(in_edges), above(dominator);
  const Column<std::uint64_t> sizes(size), foreigns(foreign), holds(retained);
  const std::size_t n = types.size();
  if (references.size() != n || found.size() != n || above.size() != n || sizes.size() != n ||
      foreigns.size() != n || holds.size() != n)
    throw nb::value_error("the columns of the nodes contradict each other");
  struct Row {
    std::uint64_t count, shallow, foreign, retained, unexplained;
  };
  std::string rows;
  Row* row = values_of<Row>(rows, types_count);
  for (std::size_t v = 0; v < n; ++v) {
    if (types[v] >= types_count || (above[v] != kNoNode && above[v] >= n))
      throw nb::value_error("a node names what is not there");
    Row& at = row[types[v]];
    ++at.count;
    at.shallow += sizes[v];
    at.foreign += foreigns[v];
    if (references[v] != kNoNode && references[v] > found[v])
      at.unexplained += references[v] - found[v];
  }
  // Down the dominator tree: a node counts when none of its type stands above it.
  std::string starts, order, open;
  auto* first = values_of<std::uint32_t>(starts, n + 2);
  auto* child = values_of<std::uint32_t>(order, n + 1);
  auto* depth = values_of<std::uint32_t>(open, types_count);
  for (std::size_t v = 0; v < n; ++v)
    if (above[v] != kNoNode) ++first[above[v] + std::size_t{2}];
  for (std::size_t v = 0; v < n; ++v) first[v + 2] += first[v + 1];
  for (std::size_t v = 0; v < n; ++v)
    if (above[v] != kNoNode)
      child[first[above[v] + std::size_t{1}]++] = static_cast<std::uint32_t>(v);
  std::string stacked;
  auto* stack = values_of<std::uint64_t>(stacked, n + 1);  // node, and whether it is left
  std::size_t count = 0;
  if (n != 0) stack[count++] = 0;
  while (count != 0) {
    const std::uint64_t top = stack[--count];
    const auto v = static_cast<std::size_t>(top >> 1);
    if ((top & 1) != 0) {
      --depth[types[v]];
      continue;
    }
    if (depth[types[v]]++ == 0) row[types[v]].retained += holds[v];
    // Leaves need no second visit.
    const std::uint32_t begin = first[v], end = first[v + 1];
    if (begin == end) {
      --depth[types[v]];
      continue;
    }
    if (count + (end - begin) + 1 > n + 1) throw nb::value_error("the dominators are no tree");
    stack[count++] = (std::uint64_t{v} << 1) | 1;
    for (std::uint32_t i = begin; i < end; ++i) stack[count++] = std::uint64_t{child[i]} << 1;
  }
  return bytes_of(rows, row);
}

}  // namespace

void bind_graph(nb::module_& module) {
  module.def("graph_dominators", &dominators, "first_edge"_a, "edges_count"_a, "target"_a, "kind"_a,
             "sizes"_a, "Immediate dominators (u4) and retained sizes (u8) from node 0.");
  module.def("graph_parents", &parents, "first_edge"_a, "edges_count"_a, "target"_a, "kind"_a,
             "The breadth-first tree from node 0: parent (u4) and edge (u8) of each node.");
  module.def("graph_kept_without", &kept_without, "first_edge"_a, "edges_count"_a, "target"_a,
             "kind"_a, "gone"_a,
             "What node 0 reaches when the marked nodes are gone: one byte a node.");
  module.def("graph_by_type", &by_type, "type"_a, "size"_a, "foreign"_a, "refcount"_a, "in_edges"_a,
             "dominator"_a, "retained"_a, "types_count"_a,
             "count, shallow, foreign, retained bytes and unexplained references of each type.");
}

}  // namespace heapwise
