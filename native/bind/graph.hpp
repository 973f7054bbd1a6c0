#pragma once

#include <nanobind/nanobind.h>

namespace heapwise {

/// The functions on graphs of the native module.
void bind_graph(nanobind::module_& module);

/// Those on trees that are equal.
void bind_trees(nanobind::module_& module);

}  // namespace heapwise
