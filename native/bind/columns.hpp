// Columns of Python's buffers as arrays, and answers as bytes.
#pragma once

#include <nanobind/nanobind.h>

#include <cstdint>
#include <cstring>
#include <new>

#include "graph/tree.hpp"
#include "graph/view.hpp"

namespace heapwise {

/// A contiguous buffer of a Python object, read as values.
template <class Value>
class Column {
 public:
  explicit Column(nanobind::handle object) {
    if (PyObject_GetBuffer(object.ptr(), &view_, PyBUF_SIMPLE) != 0) throw nanobind::python_error();
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

/// A buffer of bytes that are changed in place.
class Marks {
 public:
  explicit Marks(nanobind::handle object) {
    if (PyObject_GetBuffer(object.ptr(), &view_, PyBUF_WRITABLE) != 0)
      throw nanobind::python_error();
  }
  ~Marks() { PyBuffer_Release(&view_); }
  Marks(const Marks&) = delete;
  Marks& operator=(const Marks&) = delete;
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(view_.len); }
  std::uint8_t& operator[](std::size_t i) const { return static_cast<std::uint8_t*>(view_.buf)[i]; }

 private:
  Py_buffer view_{};
};

/// The columns that make a graph; ValueError when they contradict each other.
struct Graph {
  Graph(nanobind::handle first_edge, nanobind::handle edges_count, nanobind::handle target,
        nanobind::handle kind)
      : first(first_edge), counts(edges_count), targets(target), kinds(kind) {
    const std::size_t n = first.size();
    bool sound = counts.size() == n && kinds.size() == targets.size() && n < kNoNode;
    for (std::size_t v = 0; sound && v < n; ++v)
      sound = first[v] <= targets.size() && counts[v] <= targets.size() - first[v];
    for (std::size_t e = 0; sound && e < targets.size(); ++e) sound = targets[e] < n;
    if (!sound) throw nanobind::value_error("the columns of the graph contradict each other");
  }
  [[nodiscard]] GraphView view() const {
    return GraphView{static_cast<std::uint32_t>(first.size()), first.data(), counts.data(),
                     targets.data(), kinds.data()};
  }
  Column<std::uint32_t> first;
  Column<std::uint32_t> counts;
  Column<std::uint32_t> targets;
  Column<std::uint8_t> kinds;
};

/// A bytes object of zeros that is filled with values.
template <class Value>
class Result {
 public:
  explicit Result(std::size_t count)
      : bytes_(nanobind::steal<nanobind::bytes>(
            PyBytes_FromStringAndSize(nullptr, static_cast<Py_ssize_t>(count * sizeof(Value))))) {
    if (!bytes_.is_valid()) throw nanobind::python_error();
    std::memset(data(), 0, count * sizeof(Value));
  }
  [[nodiscard]] Value* data() const {
    return reinterpret_cast<Value*>(PyBytes_AS_STRING(bytes_.ptr()));
  }
  [[nodiscard]] nanobind::bytes take() const { return bytes_; }

 private:
  nanobind::bytes bytes_;
};

inline void check(bool had_memory) {
  if (!had_memory) throw std::bad_alloc();
}

inline void check(TreeResult result) {
  if (result == TreeResult::kNoMemory) throw std::bad_alloc();
  if (result == TreeResult::kNoTree) throw nanobind::value_error("the dominators are no tree");
}

template <class First, class... Others>
void check_sizes(const First& first, const Others&... others) {
  if (((others.size() != first.size()) || ...))
    throw nanobind::value_error("the columns of the nodes contradict each other");
}

}  // namespace heapwise
