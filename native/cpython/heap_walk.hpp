// The heap as a graph: every object that can be found, its true size, and who refers to whom.
//
// Calls tp_traverse and reads structures; increfs nothing, allocates nothing from the program,
// runs no user code. Meant for a forked child, where a broken tp_traverse costs nothing; works in
// place as well.
#pragma once

#include <cstdint>

#include "cpython/heap_graph.hpp"
#include "cpython/layout.hpp"

namespace heapwise::cpython {

/// Node number by address: one slot for 32 bytes of address space, touched as it is used. Objects
/// of 16 bytes can share a slot: who was there first has it, the others stand in a map beside.
class AddressMap {
 public:
  AddressMap() = default;
  ~AddressMap();
  AddressMap(const AddressMap&) = delete;
  AddressMap& operator=(const AddressMap&) = delete;

  /// The slot of an address, made if need be; nullptr when there is no memory.
  std::uint32_t* slot(std::uintptr_t address) noexcept;
  /// What stands in the slot of an address; 0 for nothing. Makes nothing.
  [[nodiscard]] std::uint32_t look(std::uintptr_t address) const noexcept;

  /// Of addresses whose slot another one has.
  IndexMap<AddressKey, std::uint32_t> beside;

 private:
  static constexpr unsigned kRegionBits = 30;
  static constexpr unsigned kSlotBits = 5;
  static constexpr std::uint64_t kRegionsCount = 1ULL << (48 - kRegionBits);
  static constexpr std::uint64_t kSlotsPerRegion = 1ULL << (kRegionBits - kSlotBits);
  std::uint32_t** regions_ = nullptr;
};

/// A writable segment of a loaded object: its static variables.
struct Segment {
  std::uintptr_t begin;
  std::uintptr_t end;
  const char* library;
};

/// Memory that names objects without holding them.
struct Area {
  std::uintptr_t begin;
  std::uintptr_t end;
};

/// What of the interpreter has to be asked before a fork, with the GIL held.
struct WalkInput {
  PyInterpreterState* interpreter = nullptr;
  PyObject* modules = nullptr;  ///< sys.modules
  PyObject* builtins = nullptr;
  bool collector_disabled = false;
  int thresholds[3] = {};                 ///< of the collector; the first one tells its lists
  int numpy_major = 0;                    ///< 0: numpy is not loaded
  PyTypeObject* array_type = nullptr;     ///< numpy.ndarray
  PyTypeObject* thread_type = nullptr;    ///< threading.Thread
  traverseproc class_traverse = nullptr;  ///< of every class that a class statement made
  bool with_values = false;               ///< of strings and numbers, as labels
  const Segment* segments = nullptr;
  unsigned segments_count = 0;
  static constexpr unsigned kMostAreas = 4;
  Area free_lists[kMostAreas] = {};  ///< in order of their addresses
  unsigned free_lists_count = 0;
  /// Called at the end of the walk, when it takes most memory.
  void (*walked)(void*) noexcept = nullptr;
  void* walked_argument = nullptr;
};

/// Fills in what a walk needs. With the GIL held.
WalkInput prepare_walk() noexcept;

/// How many references a node's object counts; kImmortal for what is never freed.
inline constexpr std::uint32_t kImmortal = 0xffffffffU;
std::uint32_t refcount_of(const HeapGraph& graph, std::uint32_t node) noexcept;

/// References to a node that were counted and not found: native code holds them.
inline std::uint32_t unexplained_of(HeapGraph& graph, std::uint32_t node) noexcept {
  const std::uint32_t counted = refcount_of(graph, node);
  const std::uint32_t found = graph.in_edges(node);
  return counted != kImmortal && counted > found ? counted - found : 0;
}

/// Walks the heap. False when there was no memory for it.
bool walk_heap(const WalkInput& input, HeapGraph& graph) noexcept;

}  // namespace heapwise::cpython
