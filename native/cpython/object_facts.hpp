// What is known of an object besides its edges: numbers that its type keeps in its structure.
#pragma once

#include <cstdint>

#include "cpython/heap_walk.hpp"
#include "cpython/object_layout.hpp"

namespace heapwise::cpython {

/// Which facts objects of a type have. Found once a type.
enum class FactKind : std::uint8_t {
  kNone,
  kCache,       ///< functools.lru_cache: hits, misses, maxsize (-1: without bound)
  kGenerator,   ///< generators and coroutines: state (see GeneratorState)
  kDescriptor,  ///< files and sockets: fd (-1: closed)
  kDatabase,    ///< sqlite3.Connection: open
  kThread,      ///< threading.Thread: state (see ThreadState)
};

/// Part of the file format.
enum class GeneratorState : std::uint8_t { kCreated, kSuspended, kRunning, kFinished };
enum class ThreadState : std::uint8_t { kCreated, kRunning, kEnded };

struct Fact {
  const char* name;
  std::int64_t value;
};

struct FactList {
  static constexpr unsigned kMost = 3;
  Fact facts[kMost];
  unsigned count = 0;
};

FactKind fact_kind_of(const PyTypeObject* type, const WalkInput& input) noexcept;
FactList facts_of(PyObject* object, FactKind kind, const Attributes& attributes,
                  const WalkInput& input) noexcept;

/// Whether what an object of a type says is all in its references: built-in containers, and classes
/// of Python that derive from these or from object alone.
bool holds_only_references(const PyTypeObject* type) noexcept;

}  // namespace heapwise::cpython
