// The graph algorithms over the columns of a snapshot: buffers in, bytes out.
#include "bind/graph.hpp"

#include <cmath>
#include <cstring>

#include "base/growing.hpp"
#include "base/index_map.hpp"
#include "bind/columns.hpp"
#include "graph/dominators.hpp"
#include "graph/routes.hpp"
#include "graph/tree.hpp"

namespace nb = nanobind;
using namespace nb::literals;

namespace heapwise {

namespace {

template <class Value>
nb::bytes taken(const Growing<Value>& values) {
  const Result<Value> result(values.size());
  for (std::uint64_t i = 0; i < values.size(); ++i) result.data()[i] = values[i];
  return result.take();
}

nb::tuple dominators(nb::handle first, nb::handle counts, nb::handle target, nb::handle kind,
                     nb::handle sizes) {
  const Graph graph(first, counts, target, kind);
  const Column<std::uint64_t> size(sizes);
  check_sizes(graph.first, size);
  const Result<std::uint32_t> dominator(size.size());
  const Result<std::uint64_t> retained(size.size());
  std::memcpy(retained.data(), size.data(), size.size() * sizeof(std::uint64_t));
  check(dominate(graph.view(), dominator.data(), retained.data()));
  return nb::make_tuple(dominator.take(), retained.take());
}

nb::tuple parents(nb::handle first, nb::handle counts, nb::handle target, nb::handle kind,
                  nb::handle late) {
  const Graph graph(first, counts, target, kind);
  const Column<std::uint8_t> last(late);
  check_sizes(graph.first, last);
  const Result<std::uint32_t> parent(graph.first.size());
  const Result<std::uint64_t> edge(graph.first.size());
  check(shortest_paths(graph.view(), last.data(), parent.data(), edge.data()));
  return nb::make_tuple(parent.take(), edge.take());
}

nb::bytes kept_without(nb::handle first, nb::handle counts, nb::handle target, nb::handle kind,
                       nb::handle gone) {
  const Graph graph(first, counts, target, kind);
  const Column<std::uint8_t> away(gone);
  check_sizes(graph.first, away);
  const Result<std::uint8_t> kept(away.size());
  check(reach_without(graph.view(), away.data(), kept.data()));
  return kept.take();
}

/// Bytes of what the root reaches, and does not when the marked nodes are gone.
std::uint64_t gone_bytes(nb::handle first, nb::handle counts, nb::handle target, nb::handle kind,
                         nb::handle gone, nb::handle dominator, nb::handle sizes) {
  const Graph graph(first, counts, target, kind);
  const Column<std::uint8_t> away(gone);
  const Column<std::uint32_t> above(dominator);
  const Column<std::uint64_t> size(sizes);
  check_sizes(graph.first, away, above, size);
  Growing<std::uint8_t> kept;
  check(kept.make(away.size()));
  check(reach_without(graph.view(), away.data(), &kept[0]));
  std::uint64_t total = 0;
  for (std::size_t v = 0; v < away.size(); ++v)
    if (kept[v] == 0 && (v == 0 || above[v] != kNoNode)) total += size[v];
  return total;
}

nb::bytes disjoint(nb::handle first, nb::handle counts, nb::handle target, nb::handle kind,
                   nb::handle sources, std::uint32_t node, unsigned most) {
  const Graph graph(first, counts, target, kind);
  const Column<std::uint8_t> source(sources);
  check_sizes(graph.first, source);
  Growing<std::uint64_t> edges;
  check(disjoint_paths(graph.view(), source.data(), node, most, edges));
  return taken(edges);
}

nb::bytes components(nb::handle first, nb::handle counts, nb::handle target, nb::handle kind) {
  const Graph graph(first, counts, target, kind);
  const Result<std::uint32_t> component(graph.first.size());
  check(strong_components(graph.view(), component.data()));
  return component.take();
}

TreeView tree_of(const Column<std::uint32_t>& dominator) {
  return TreeView{static_cast<std::uint32_t>(dominator.size()), dominator.data()};
}

nb::tuple children(nb::handle dominator) {
  const Column<std::uint32_t> above(dominator);
  const Result<std::uint32_t> first(above.size() + 1), child(above.size());
  check(children_of(tree_of(above), first.data(), child.data()));
  return nb::make_tuple(first.take(), child.take());
}

nb::bytes sums(nb::handle dominator, nb::handle weights) {
  const Column<std::uint32_t> above(dominator);
  const Column<std::uint64_t> weight(weights);
  check_sizes(above, weight);
  const Result<std::uint64_t> sum(above.size());
  check(add_up(tree_of(above), weight.data(), sum.data()));
  return sum.take();
}

nb::bytes group_retained(nb::handle dominator, nb::handle group, nb::handle retained,
                         std::size_t groups_count) {
  const Column<std::uint32_t> above(dominator), groups(group);
  const Column<std::uint64_t> holds(retained);
  check_sizes(above, groups, holds);
  const Result<std::uint64_t> sum(groups_count);
  check(retained_by_group(tree_of(above), groups.data(), static_cast<std::uint32_t>(groups_count),
                          holds.data(), sum.data()));
  return sum.take();
}

/// Some nodes, and others with all that stands below them, each once (u4).
nb::bytes below(nb::handle firsts, nb::handle children, nb::handle roots, nb::handle nodes) {
  const Column<std::uint32_t> first(firsts), child(children), root(roots), node(nodes);
  if (first.size() == 0) throw nb::value_error("a tree has a root");
  const std::size_t count = first.size() - 1;
  Growing<std::uint8_t> seen;
  check(seen.make(count));
  Growing<std::uint32_t> found;
  const auto meet = [&](std::uint32_t v) {
    if (v >= count) throw nb::index_error("there is no such node");
    if (seen[v] != 0) return;
    seen[v] = 1;
    check(found.push(v));
  };
  for (std::size_t i = 0; i < root.size(); ++i) meet(root[i]);
  for (std::uint64_t i = 0; i < found.size(); ++i) {
    const std::uint32_t begin = first[found[i]], end = first[found[i] + 1];
    if (begin > end || end > child.size()) throw nb::value_error("the children are no tree");
    for (std::uint32_t c = begin; c < end; ++c) meet(child[c]);
  }
  for (std::size_t i = 0; i < node.size(); ++i) meet(node[i]);
  return taken(found);
}

/// What some nodes have by group: (groups (u4), how many of each (u8), their sums (u8)).
nb::tuple node_sums(nb::handle nodes, nb::handle group, nb::handle values) {
  const Column<std::uint32_t> node(nodes), groups(group);
  const Column<std::uint64_t> value(values);
  check_sizes(groups, value);
  struct Sum {
    std::uint32_t group;
    std::uint64_t count, sum;
  };
  Growing<Sum> found;
  IndexMap<RowKey, std::uint32_t> known;  // place in found, plus 1
  bool stored = true, sound = true;
  for (std::size_t i = 0; i < node.size() && stored && sound; ++i) {
    sound = node[i] < groups.size();
    if (!sound) break;
    const std::uint32_t of = groups[node[i]];
    std::uint32_t* at = known.find(RowKey{of});
    if (at == nullptr) {
      stored = found.push(Sum{of, 0, 0}) &&
               known.insert(RowKey{of}, static_cast<std::uint32_t>(found.size()));
      at = stored ? known.find(RowKey{of}) : nullptr;
    }
    if (at == nullptr) break;
    Sum& sum = found[*at - 1];
    ++sum.count;
    sum.sum += value[node[i]];
  }
  known.release();
  if (!stored) throw std::bad_alloc();
  if (!sound) throw nb::index_error("there is no such node");
  const Result<std::uint32_t> of(found.size());
  const Result<std::uint64_t> count(found.size()), sum(found.size());
  for (std::uint64_t i = 0; i < found.size(); ++i) {
    of.data()[i] = found[i].group;
    count.data()[i] = found[i].count;
    sum.data()[i] = found[i].sum;
  }
  return nb::make_tuple(of.take(), count.take(), sum.take());
}

/// Those of some nodes that are not marked yet, which are marked then (u4).
nb::bytes unmarked(nb::handle nodes, nb::handle marks) {
  const Column<std::uint32_t> node(nodes);
  const Marks mark(marks);
  Growing<std::uint32_t> found;
  for (std::size_t i = 0; i < node.size(); ++i) {
    if (node[i] >= mark.size()) throw nb::index_error("there is no such node");
    if (mark[node[i]] != 0) continue;
    mark[node[i]] = 1;
    check(found.push(node[i]));
  }
  return taken(found);
}

/// sums of a column by group, and how many members each has: two u8 columns.
nb::tuple group_sums(nb::handle group, nb::handle values, std::size_t groups_count) {
  const Column<std::uint32_t> groups(group);
  const Column<std::uint64_t> value(values);
  check_sizes(groups, value);
  const Result<std::uint64_t> sum(groups_count), count(groups_count);
  for (std::size_t g = 0; g < groups_count; ++g) sum.data()[g] = count.data()[g] = 0;
  for (std::size_t v = 0; v < groups.size(); ++v)
    if (groups[v] < groups_count) {
      sum.data()[groups[v]] += value[v];
      ++count.data()[groups[v]];
    }
  return nb::make_tuple(sum.take(), count.take());
}

/// Where the row of each node begins, of rows that stand one after the other (u4).
nb::bytes row_starts(nb::handle counts) {
  const Column<std::uint32_t> count(counts);
  const Result<std::uint32_t> start(count.size());
  std::uint64_t at = 0;
  for (std::size_t v = 0; v < count.size(); at += count[v++])
    start.data()[v] = at < kNoNode ? static_cast<std::uint32_t>(at) : kNoNode;
  return start.take();
}

/// A column of few nodes as a column of all, the rest 0 (u8).
nb::bytes spread(nb::handle nodes, nb::handle values, std::size_t nodes_count) {
  const Column<std::uint32_t> rows(nodes);
  const Result<std::uint64_t> all(nodes_count);
  std::memset(all.data(), 0, nodes_count * sizeof(std::uint64_t));
  const auto put = [&](const auto& value) {
    check_sizes(rows, value);
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (rows[i] < nodes_count) all.data()[rows[i]] = value[i];
  };
  if (Column<std::uint8_t>(values).size() == rows.size() * sizeof(std::uint32_t))
    put(Column<std::uint32_t>(values));
  else
    put(Column<std::uint64_t>(values));
  return all.take();
}

/// values[at[v]] of each node: a column by way of a table, kNoNode where the table has no row (u4).
nb::bytes mapped(nb::handle at, nb::handle values) {
  const Column<std::uint32_t> rows(at), value(values);
  const Result<std::uint32_t> result(rows.size());
  for (std::size_t v = 0; v < rows.size(); ++v)
    result.data()[v] = rows[v] < value.size() ? value[rows[v]] : kNoNode;
  return result.take();
}

/// Each value times the factor of its group, rounded; groups beyond the factors as they are (u8).
nb::bytes scaled(nb::handle values, nb::handle group, nb::handle factors) {
  const Column<std::uint64_t> value(values);
  const Column<std::uint32_t> groups(group);
  const Column<double> factor(factors);
  check_sizes(value, groups);
  const Result<std::uint64_t> result(value.size());
  for (std::size_t v = 0; v < value.size(); ++v)
    result.data()[v] = groups[v] < factor.size()
                           ? static_cast<std::uint64_t>(
                                 std::llround(static_cast<double>(value[v]) * factor[groups[v]]))
                           : value[v];
  return result.take();
}

/// Pairs what stands in the same order in both columns: two walks of one heap meet most objects so.
/// Writes to pairs the place in others of each address (kNoNode: none found), and marks what has
/// been paired.
void pair_in_order(const Column<std::uint64_t>& addresses, const Column<std::uint64_t>& others,
                   std::uint32_t* pairs, Growing<std::uint8_t>& is_paired) noexcept {
  constexpr std::size_t kAhead = 8, kFarAhead = 4096, kMissesBeforeFar = 256;
  std::size_t at = 0, misses = 0;
  for (std::size_t v = 0; v < addresses.size(); ++v) {
    pairs[v] = kNoNode;
    if (addresses[v] == 0) continue;
    const std::size_t ahead =
        misses % kMissesBeforeFar == kMissesBeforeFar - 1 ? kFarAhead : kAhead;
    const std::size_t end = at + ahead < others.size() ? at + ahead : others.size();
    std::size_t found = at;
    while (found < end && others[found] != addresses[v]) ++found;
    if (found == end) {
      ++misses;
      continue;
    }
    misses = 0;
    pairs[v] = static_cast<std::uint32_t>(found);
    is_paired[found] = 1;
    at = found + 1;
  }
}

/// Of each node the one of another snapshot with its address and type; kNoNode: it has none, or its
/// birth (a period plus 1; 0: not known) is later than `period`, the other snapshot's (u4).
nb::bytes matched(nb::handle address, nb::handle type, nb::handle birth, nb::handle other_address,
                  nb::handle other_type, std::uint32_t period) {
  const Column<std::uint64_t> addresses(address), others(other_address);
  const Column<std::uint32_t> types(type), births(birth), other_types(other_type);
  check_sizes(addresses, types, births);
  check_sizes(others, other_types);
  const Result<std::uint32_t> result(addresses.size());
  Growing<std::uint8_t> is_paired;
  if (!is_paired.make(others.size())) throw std::bad_alloc();
  pair_in_order(addresses, others, result.data(), is_paired);
  IndexMap<AddressKey, std::uint32_t> known;
  bool stored = true;
  for (std::size_t v = 0; v < others.size() && stored; ++v)
    if (is_paired[v] == 0 && others[v] != 0 && known.find(AddressKey{others[v]}) == nullptr)
      stored = known.insert(AddressKey{others[v]}, static_cast<std::uint32_t>(v));
  if (!stored) {
    known.release();
    throw std::bad_alloc();
  }
  for (std::size_t v = 0; v < addresses.size(); ++v) {
    std::uint32_t& pair = result.data()[v];
    const bool is_younger = births[v] != 0 && births[v] - 1 > period;
    if (addresses[v] == 0 || is_younger) {
      pair = kNoNode;
      continue;
    }
    if (pair == kNoNode)
      if (const std::uint32_t* found = known.find(AddressKey{addresses[v]})) pair = *found;
    if (pair != kNoNode && other_types[pair] != types[v]) pair = kNoNode;
  }
  known.release();
  return result.take();
}

/// How many bytes of each node are new since another snapshot: all of what has no match there, and
/// what the rest has grown by (u8).
nb::bytes grown_bytes(nb::handle sizes, nb::handle match, nb::handle other_sizes) {
  const Column<std::uint64_t> size(sizes), other(other_sizes);
  const Column<std::uint32_t> same(match);
  check_sizes(size, same);
  const Result<std::uint64_t> grown(size.size());
  for (std::size_t v = 0; v < size.size(); ++v) {
    const std::uint64_t before = same[v] < other.size() ? other[same[v]] : 0;
    grown.data()[v] = size[v] > before ? size[v] - before : 0;
  }
  return grown.take();
}

/// (values of the nodes of one group, 0 of the others; how many are not 0; the node of the
/// largest).
nb::tuple of_group(nb::handle group, std::uint32_t wanted, nb::handle values) {
  const Column<std::uint32_t> groups(group);
  const Column<std::uint64_t> value(values);
  check_sizes(groups, value);
  const Result<std::uint64_t> masked(value.size());
  std::size_t count = 0, largest = 0;
  for (std::size_t v = 0; v < value.size(); ++v) {
    const bool in = groups[v] == wanted && value[v] != 0;
    masked.data()[v] = in ? value[v] : 0;
    if (!in) continue;
    if (count++ == 0 || value[v] > value[largest]) largest = v;
  }
  return nb::make_tuple(masked.take(), count, largest);
}

/// The nodes whose value in a column is one of a few (u4).
nb::bytes nodes_with(nb::handle column, nb::handle wanted) {
  const Column<std::uint32_t> values(column);
  const Column<std::uint8_t> marks(wanted);
  std::size_t count = 0;
  for (std::size_t v = 0; v < values.size(); ++v)
    count += values[v] < marks.size() && marks[values[v]] != 0 ? 1 : 0;
  const Result<std::uint32_t> found(count);
  std::size_t at = 0;
  for (std::size_t v = 0; v < values.size(); ++v)
    if (values[v] < marks.size() && marks[values[v]] != 0)
      found.data()[at++] = static_cast<std::uint32_t>(v);
  return found.take();
}

/// Where the nodes of each value begin in an order by value, and that order (u4): those of a value
/// stand as they are numbered; others than the first values are left out.
nb::tuple by_value(nb::handle column, std::size_t values_count) {
  const Column<std::uint32_t> values(column);
  const Result<std::uint32_t> start(values_count + 1);
  for (std::size_t v = 0; v < values.size(); ++v)
    if (values[v] < values_count) ++start.data()[values[v] + 1];
  for (std::size_t g = 0; g < values_count; ++g) start.data()[g + 1] += start.data()[g];
  const Result<std::uint32_t> order(start.data()[values_count]), next(values_count);
  for (std::size_t g = 0; g < values_count; ++g) next.data()[g] = start.data()[g];
  for (std::size_t v = 0; v < values.size(); ++v)
    if (values[v] < values_count)
      order.data()[next.data()[values[v]]++] = static_cast<std::uint32_t>(v);
  return nb::make_tuple(start.take(), order.take());
}

}  // namespace

void bind_graph(nb::module_& module) {
  module.def("graph_dominators", &dominators, "first_edge"_a, "edges_count"_a, "target"_a, "kind"_a,
             "sizes"_a, "Immediate dominators (u4) and retained sizes (u8) from node 0.");
  module.def("graph_parents", &parents, "first_edge"_a, "edges_count"_a, "target"_a, "kind"_a,
             "late"_a,
             "The breadth-first tree from node 0: parent (u4) and edge (u8) of each node.");
  module.def("graph_kept_without", &kept_without, "first_edge"_a, "edges_count"_a, "target"_a,
             "kind"_a, "gone"_a,
             "What node 0 reaches when the marked nodes are gone: one byte a node.");
  module.def("graph_gone_bytes", &gone_bytes, "first_edge"_a, "edges_count"_a, "target"_a, "kind"_a,
             "gone"_a, "dominator"_a, "sizes"_a,
             "Bytes of what is no longer reached when the marked nodes are gone.");
  module.def("graph_disjoint_paths", &disjoint, "first_edge"_a, "edges_count"_a, "target"_a,
             "kind"_a, "sources"_a, "node"_a, "most"_a,
             "Edges (u8) of vertex-disjoint paths from marked nodes, each ended by 2^64 - 1.");
  module.def("graph_components", &components, "first_edge"_a, "edges_count"_a, "target"_a, "kind"_a,
             "The strongly connected component (u4) of each node.");
  module.def("tree_children", &children, "dominator"_a,
             "Children in a dominator tree: first (u4, one more than nodes) and child (u4).");
  module.def("tree_sums", &sums, "dominator"_a, "weights"_a,
             "Weights (u8) of each node and all below it.");
  module.def("tree_group_retained", &group_retained, "dominator"_a, "group"_a, "retained"_a,
             "groups_count"_a, "What the members of each group retain (u8), topmost ones once.");
  module.def("tree_below", &below, "first"_a, "child"_a, "roots"_a, "nodes"_a,
             "Some nodes, and roots with all below them, each once (u4).");
  module.def("node_sums", &node_sums, "nodes"_a, "group"_a, "values"_a,
             "Groups (u4) of some nodes, how many (u8) and what (u8) these have of them.");
  module.def("unmarked", &unmarked, "nodes"_a, "marks"_a,
             "Those of some nodes that a bytearray has no mark of; it has one then (u4).");
  module.def("group_sums", &group_sums, "group"_a, "values"_a, "groups_count"_a,
             "Sums and counts (u8) of a column by group.");
  module.def("row_starts", &row_starts, "edges_count"_a,
             "Where each node's row begins, of rows one after the other (u4).");
  module.def("spread", &spread, "nodes"_a, "values"_a, "nodes_count"_a,
             "Values (u4 or u8) of few nodes as a column of all (u8).");
  module.def("scaled", &scaled, "values"_a, "group"_a, "factors"_a,
             "Values (u8) times the factors (f8) of their groups (u4), rounded (u8).");
  module.def("mapped", &mapped, "at"_a, "values"_a, "values[at[v]] of each v (u4).");
  module.def("matched", &matched, "address"_a, "type"_a, "birth"_a, "other_address"_a,
             "other_type"_a, "period"_a,
             "Of each node the one with its address and type in an earlier snapshot (u4).");
  module.def("grown_bytes", &grown_bytes, "sizes"_a, "match"_a, "other_sizes"_a,
             "Bytes of each node that are new (u8).");
  module.def("of_group", &of_group, "group"_a, "wanted"_a, "values"_a,
             "Values (u8) of one group's nodes, their number, and the node of the largest.");
  module.def("nodes_with", &nodes_with, "column"_a, "wanted"_a,
             "The nodes whose value is marked (u1) as wanted (u4).");
  module.def("by_value", &by_value, "column"_a, "values_count"_a,
             "Where the nodes of each value begin in an order by value, and that order (u4).");
  bind_trees(module);
}

}  // namespace heapwise
