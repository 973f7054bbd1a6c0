// Trees that are equal, over the columns of a snapshot: buffers in, bytes out.
#include "graph/equal_trees.hpp"

#include "bind/columns.hpp"
#include "bind/graph.hpp"

namespace nb = nanobind;
using namespace nb::literals;

namespace heapwise {

namespace {

/// What the objects of a type are; instances of classes are containers with an identity of their
/// own.
enum Form : std::uint8_t { kLeaf, kContainer, kInstance, kNumber };

/// The forms of nodes by those of their types.
class Forms {
 public:
  Forms(nb::handle types, nb::handle forms) : types_(types), forms_(forms) {}
  [[nodiscard]] std::size_t size() const { return types_.size(); }
  [[nodiscard]] const std::uint32_t* types() const { return types_.data(); }
  std::uint8_t operator[](std::size_t v) const {
    return types_[v] < forms_.size() ? forms_[types_[v]] : std::uint8_t{kLeaf};
  }
  [[nodiscard]] bool is_container(std::size_t v) const {
    return (*this)[v] == kContainer || (*this)[v] == kInstance;
  }

 private:
  Column<std::uint32_t> types_;
  Column<std::uint8_t> forms_;
};

/// `same` of each node: itself, or what the pairs of (node, the first that is equal) say.
void put_same(nb::handle nodes, nb::handle firsts, std::uint32_t* same, std::size_t count) {
  const Column<std::uint32_t> node(nodes), first(firsts);
  check_sizes(node, first);
  for (std::size_t i = 0; i < node.size(); ++i) {
    if (node[i] >= count || first[i] >= count) throw nb::value_error("a copy is of no node");
    same[node[i]] = first[i];
  }
}

/// Of each node the first that holds the same (u4).
nb::bytes equal(nb::handle first, nb::handle counts, nb::handle target, nb::handle kind,
                nb::handle name, nb::handle type, nb::handle form, nb::handle copies,
                nb::handle numbers) {
  const Graph graph(first, counts, target, kind);
  const Column<std::uint32_t> names(name);
  const Forms forms(type, form);
  check_sizes(graph.first, forms);
  check_sizes(graph.targets, names);
  const std::size_t count = forms.size();
  Growing<std::uint8_t> is_container;
  Growing<std::uint32_t> same;
  check(is_container.make(count) && same.make(count));
  for (std::size_t v = 0; v < count; ++v) {
    is_container[v] = forms.is_container(v);
    same[v] = static_cast<std::uint32_t>(v);
  }
  for (const nb::handle pairs : {copies, numbers}) {
    const auto columns = nb::cast<nb::tuple>(pairs);
    if (columns.size() != 2) throw nb::value_error("copies are pairs of columns");
    put_same(columns[0], columns[1], &same[0], count);
  }
  const Result<std::uint32_t> found(count);
  const TreesView view{graph.view(),  graph.kinds.data(),  names.data(),
                       forms.types(), is_container.data(), same.data()};
  check(equal_trees(view, found.data()));
  return found.take();
}

/// (node, what stays, bytes) of the trees that go when equal ones are made one: u4, u4, u8.
nb::tuple copied(nb::handle equals, nb::handle roots, nb::handle dominator, nb::handle sizes,
                 nb::handle retained, std::uint64_t least_bytes) {
  const Column<std::uint32_t> equal_to(equals), above(dominator);
  const Column<std::uint8_t> is_root(roots);
  const Column<std::uint64_t> size(sizes), holds(retained);
  check_sizes(equal_to, above, is_root, size, holds);
  const auto count = static_cast<std::uint32_t>(equal_to.size());
  for (std::size_t v = 0; v < count; ++v)
    if (equal_to[v] >= count) throw nb::value_error("a tree is equal to no node");
  const CopiesView view{count,        equal_to.data(), is_root.data(),
                        above.data(), size.data(),     holds.data()};
  Growing<CopiedTree> found;
  check(copied_trees(view, least_bytes, found));
  const Result<std::uint32_t> node(found.size()), of(found.size());
  const Result<std::uint64_t> bytes(found.size());
  for (std::uint64_t i = 0; i < found.size(); ++i) {
    node.data()[i] = found[i].node;
    of.data()[i] = found[i].of;
    bytes.data()[i] = found[i].bytes;
  }
  return nb::make_tuple(node.take(), of.take(), bytes.take());
}

/// Which nodes may be named as trees (u1): containers that something holds by an edge of one of
/// some kinds, and that hold more than `many` things that are no numbers or, for themselves,
/// another container that is not empty; instances from `least_bytes` on.
nb::bytes roots(nb::handle first, nb::handle counts, nb::handle target, nb::handle kind,
                nb::handle type, nb::handle form, nb::handle parent_edge, nb::handle held_by,
                nb::handle dominator, nb::handle retained, std::uint32_t many,
                std::uint64_t least_bytes) {
  const Graph graph(first, counts, target, kind);
  const Forms forms(type, form);
  const Column<std::uint32_t> above(dominator);
  const Column<std::uint64_t> edge(parent_edge), holds(retained);
  const Column<std::uint8_t> held(held_by);
  check_sizes(graph.first, forms, above, edge, holds);
  const Result<std::uint8_t> result(forms.size());
  const GraphView view = graph.view();
  for (std::uint32_t v = 0; v < view.nodes_count; ++v) {
    result.data()[v] = 0;
    if (!forms.is_container(v) || edge[v] >= graph.targets.size()) continue;
    const std::uint8_t by = graph.kinds[edge[v]];
    if (by >= held.size() || held[by] == 0) continue;
    if (forms[v] == kInstance && holds[v] < least_bytes) continue;
    std::uint32_t count = 0;
    bool is_tree = false;
    for (std::uint64_t e = view.first[v]; e < view.end_of(v) && !is_tree; ++e) {
      const std::uint32_t part = view.targets[e];
      count += forms[part] != kNumber;
      is_tree =
          count > many || (forms.is_container(part) && view.counts[part] != 0 && above[part] == v);
    }
    result.data()[v] = is_tree;
  }
  return result.take();
}

}  // namespace

void bind_trees(nb::module_& module) {
  module.def("trees_equal", &equal, "first_edge"_a, "edges_count"_a, "target"_a, "kind"_a, "name"_a,
             "type"_a, "forms"_a, "copies"_a, "numbers"_a,
             "Of each node the first that holds the same, down to its leaves (u4).");
  module.def("trees_roots", &roots, "first_edge"_a, "edges_count"_a, "target"_a, "kind"_a, "type"_a,
             "forms"_a, "parent_edge"_a, "held_by"_a, "dominator"_a, "retained"_a, "many"_a,
             "least_bytes"_a, "Which nodes may be named as trees (u1).");
  module.def("trees_copied", &copied, "equal"_a, "roots"_a, "dominator"_a, "sizes"_a, "retained"_a,
             "least_bytes"_a,
             "Trees that could go, what stays in their place, and bytes (u4, u4, u8).");
}

}  // namespace heapwise
