// No Python, no exceptions. Exact dominators of a rooted graph, and retained sizes.
//
// Semi-NCA (Georgiadis, Tarjan, Werneck: Finding Dominators in Practice, 2006): semidominators by
// path compression over a depth-first tree, then each immediate dominator is the nearest common
// ancestor of parent and semidominator in the tree built so far. Iterative throughout: a linked
// list of millions of objects is a path of that depth.
#pragma once

#include <cstdint>

#include "graph/view.hpp"

namespace heapwise {

/// dominator[v]: the immediate dominator of v; kNoNode for the root and for what is not reached.
/// retained[v]: the size of v before, and after it that of all that v dominates, itself included; 0
/// for what is not reached. Either may be nullptr. Calls `done_with_graph`, if there is one, when
/// the graph is read no more and its memory may go: a walk takes some 25 bytes a node then, and 20
/// before beside the graph. False when there is no memory.
bool dominate(const GraphView& graph, std::uint32_t* dominator, std::uint64_t* retained,
              void (*done_with_graph)(void*) = nullptr, void* argument = nullptr) noexcept;

/// Marks what the root reaches when the nodes with gone[v] != 0 are taken away; kept[v] is 1 or 0.
bool reach_without(const GraphView& graph, const std::uint8_t* gone, std::uint8_t* kept) noexcept;

/// Breadth-first from the root: parent[v] and the edge by which v was met first (kNoNode and 0:
/// not reached; the root is its own parent, by edge 0). Nodes with late[v] != 0 are left when all
/// else is done: what is reached without them has a path without them. `late` may be nullptr.
bool shortest_paths(const GraphView& graph, const std::uint8_t* late, std::uint32_t* parent,
                    std::uint64_t* edge) noexcept;

}  // namespace heapwise
