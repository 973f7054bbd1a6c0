// The heap as a graph: every object that can be found, its true size, and who refers to whom.
//
// Calls tp_traverse and reads structures; increfs nothing, allocates nothing from the program,
// runs no user code. Meant for a forked child, where a broken tp_traverse costs nothing; works in
// place as well.
#pragma once

#include <cstdint>

#include "base/growing.hpp"
#include "base/index_map.hpp"
#include "cpython/layout.hpp"
#include "model/strings.hpp"

namespace heapwise::cpython {

/// What an edge is. Part of the file format.
enum class EdgeKind : std::uint8_t {
  kReference = 0,  ///< no name is known
  kWeak = 1,       ///< a weak reference's referent; not counted
  kAttribute = 2,  ///< name: a string
  kKey = 3,        ///< of a mapping, by a str; name: a string
  kIndex = 4,      ///< of a sequence; name: a number
  kIntKey = 5,     ///< of a mapping, by an int; name: a number
  kItem = 6,       ///< of a mapping, by another key; name: the entry's number
  kKeyObject = 7,  ///< the key itself; name: the entry's number
  kLocal = 8,      ///< of a running or suspended frame; name: a string
  kInternal = 9,   ///< a slot of the object, as __closure__ or __code__; name: a string
  kType = 10,      ///< the type of an object
  kRoot = 11,      ///< from the root; name: a string
  kElement = 12,   ///< of a set
};

/// Node number of an address, or 0: one slot for 16 bytes of address space, touched as it is used.
class AddressMap {
 public:
  AddressMap() = default;
  ~AddressMap();
  AddressMap(const AddressMap&) = delete;
  AddressMap& operator=(const AddressMap&) = delete;

  std::uint32_t* slot(std::uintptr_t address) noexcept;
  /// The node of an address that has one; 0 otherwise. Makes nothing.
  [[nodiscard]] std::uint32_t find(std::uintptr_t address) const noexcept;

 private:
  static constexpr unsigned kRegionBits = 30;
  static constexpr std::uint64_t kRegionsCount = 1ULL << (48 - kRegionBits);
  static constexpr std::uint64_t kSlotsPerRegion = 1ULL << (kRegionBits - 4);
  std::uint32_t** regions_ = nullptr;
};

struct TypeRow {
  StringId name;
  std::uint32_t node;  ///< of the type object; 0 for what is no object
};

struct LabelRow {
  std::uint32_t node;
  StringId label;  ///< of a module, function, class or code: its name
};

struct FactRow {
  std::uint32_t node;
  StringId name;
  std::int64_t value;
};

/// An object that holds the same as another one.
struct CopyRow {
  std::uint32_t node;
  std::uint32_t of;  ///< the first of them
};

/// The graph, column by column. Node 0 is the root.
struct HeapGraph {
  HeapGraph() = default;
  ~HeapGraph() { strings.release(); }
  HeapGraph(const HeapGraph&) = delete;
  HeapGraph& operator=(const HeapGraph&) = delete;

  Growing<std::uint64_t> address;
  Growing<std::uint32_t> type;        ///< into types
  Growing<std::uint64_t> size_bytes;  ///< of all blocks of the object, as the allocators round them
  Growing<std::uint64_t> foreign_bytes;  ///< memory it refers to and does not own (views)
  Growing<std::uint32_t> refcount;       ///< kImmortal for what is never freed
  Growing<std::uint32_t> in_edges;  ///< references found: strong ones, without those of our groups
  Growing<std::uint32_t> site;      ///< of the recording that runs; 0: not recorded
  Growing<std::uint32_t> birth;  ///< the period in which a recorded block was born, plus 1; else 0
  Growing<std::uint32_t> slack_bytes;  ///< of its own bytes, room that holds nothing; at most 4 GiB
  Growing<std::uint64_t> first_edge;
  Growing<std::uint32_t> edges_count;
  Growing<std::uint32_t> edge_target;
  Growing<std::uint32_t> edge_name;  ///< a string or a number, as the kind says
  Growing<std::uint8_t> edge_kind;
  Growing<TypeRow> types;
  Growing<LabelRow> labels;
  Growing<FactRow> facts;
  Growing<std::uint32_t> table_sites;  ///< that the facts table_site name
  Growing<CopyRow> copies;
  StringTable strings;
  std::uint64_t live_edges_count = 0;    ///< of all rows; some edges have been moved
  std::uint64_t grown_tables_bytes = 0;  ///< recorded tables of containers that were not recorded
  std::uint64_t native_count = 0;        ///< objects that only native code holds
  std::uint64_t garbage_count = 0;       ///< unreachable ones that wait for the collector
  bool out_of_memory = false;
};

inline constexpr std::uint32_t kImmortal = 0xffffffffU;

/// A writable segment of a loaded object: its static variables.
struct Segment {
  std::uintptr_t begin;
  std::uintptr_t end;
  const char* library;
};

/// What of the interpreter has to be asked before a fork, with the GIL held.
struct WalkInput {
  PyInterpreterState* interpreter = nullptr;
  PyObject* modules = nullptr;  ///< sys.modules
  PyObject* builtins = nullptr;
  bool collector_disabled = false;
  int first_threshold = 0;                ///< of the collector, to find its lists
  int numpy_major = 0;                    ///< 0: numpy is not loaded
  PyTypeObject* array_type = nullptr;     ///< numpy.ndarray
  PyTypeObject* thread_type = nullptr;    ///< threading.Thread
  traverseproc class_traverse = nullptr;  ///< of every class that a class statement made
  bool with_values = false;               ///< of strings and numbers, as labels
  const Segment* segments = nullptr;
  unsigned segments_count = 0;
};

/// Fills in what a walk needs. With the GIL held.
WalkInput prepare_walk() noexcept;

/// Walks the heap. False when there was no memory for it.
bool walk_heap(const WalkInput& input, HeapGraph& graph) noexcept;

}  // namespace heapwise::cpython
