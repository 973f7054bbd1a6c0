// No Python calls, no malloc, no exceptions.
// The graph of a heap while it is walked, in some thirty bytes an object.
//
// The memory of a walk is memory that the program's container pays for, at the worst moment: so a
// node is 13 bytes (a word of address and count, type, size, length of its row) and an edge 9, what
// is rare stands in a map beside, and what the object itself still tells (its reference count, its
// allocation site) is asked when the file is written. Node 0 is the root; nodes of address 0 are
// no objects.
//
// Invariant: rows that are in order follow each other in the order of their nodes, so where one
// begins follows from the lengths since the last of 64 nodes that is noted. All others are moved
// rows: a bit says so, and a map where they are.
#pragma once

#include <cstdint>

#include "base/growing.hpp"
#include "base/index_map.hpp"
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

/// Texts that say a number, without sign or zeros that the number would lose; or a digest of as
/// many bytes as usual, or a UUID, each byte as two digits in one case.
enum Numeral : unsigned { kSmallInt, kInt, kFloat, kDigest, kNumeralsCount };

/// Bytes of a node that few nodes have.
struct BytesRow {
  std::uint32_t node;
  std::uint64_t bytes;
};

class HeapGraph {
 public:
  HeapGraph() = default;
  ~HeapGraph() {
    strings.release();
    many_in_edges_.release();
    other_sizes_.release();
    late_types_.release();
    long_rows_.release();
    moved_rows_.release();
  }
  HeapGraph(const HeapGraph&) = delete;
  HeapGraph& operator=(const HeapGraph&) = delete;

  Growing<BytesRow> foreign;  ///< memory that an object refers to and does not own (views)
  Growing<BytesRow> slack;    ///< of its own bytes, room that holds nothing
  Growing<std::uint32_t> edge_target;
  Growing<std::uint32_t> edge_name;  ///< a string or a number, as the kind says
  Growing<std::uint8_t> edge_kind;
  Growing<TypeRow> types;
  Growing<LabelRow> labels;
  Growing<FactRow> facts;
  Growing<std::uint32_t> table_sites;  ///< that the facts table_site name
  Growing<CopyRow> copies;
  Growing<CopyRow> equal_numbers;                   ///< ints and floats, as copies are others
  Growing<std::uint32_t> numerals[kNumeralsCount];  ///< nodes of texts
  StringTable strings;
  std::uint64_t grown_tables_bytes = 0;  ///< recorded tables of containers that were not recorded
  std::uint64_t native_count = 0;        ///< objects that only native code holds
  std::uint64_t garbage_count = 0;       ///< unreachable ones that wait for the collector
  bool out_of_memory = false;

  [[nodiscard]] std::uint32_t nodes_count() const noexcept {
    return static_cast<std::uint32_t>(words_.size());
  }

  /// A node for an address, or 0 for what is no object. When there is no room for it,
  /// out_of_memory says so.
  std::uint32_t add(std::uintptr_t address) noexcept {
    const std::uint32_t node = nodes_count();
    if (node == kMostNodes || !words_.push(address) || !types_.push(0) || !sizes_.push(0) ||
        !rounded_.push(0) || !lengths_.push(0) ||
        (node % kBlockNodes == 0 && !blocks_.push(Block{})))
      out_of_memory = true;
    return node;
  }

  [[nodiscard]] std::uintptr_t address(std::uint32_t node) const noexcept {
    return words_[node] & kAddressMask;
  }

  // ----------------------------------------------------------------------------------- references

  /// References to a node that were found: strong ones, without those of our own groups.
  [[nodiscard]] std::uint32_t in_edges(std::uint32_t node) noexcept {
    const auto low = static_cast<std::uint32_t>(words_[node] >> kAddressBits);
    const std::uint32_t* rounds = many_in_edges_.find(RowKey{node});
    return rounds == nullptr ? low : low + *rounds * kFullInEdges;
  }

  void count_reference(std::uint32_t node) noexcept {
    const std::uint64_t before = words_[node];
    if ((words_[node] = before + kOneInEdge) < before) [[unlikely]]
      count_round(node);
  }

  // ------------------------------------------------------------------------------ types and sizes

  /// The row of a node in `types`.
  [[nodiscard]] std::uint32_t type(std::uint32_t node) noexcept {
    const std::uint16_t row = types_[node];
    return row != kElsewhere ? row : *late_types_.find(RowKey{node});
  }
  void set_type(std::uint32_t node, std::uint32_t row) noexcept {
    const bool fits = row < kElsewhere;
    types_[node] = fits ? static_cast<std::uint16_t>(row) : kElsewhere;
    if (!fits && !late_types_.insert(RowKey{node}, row)) out_of_memory = true;
  }

  /// Bytes of all blocks of the object, as the allocators round them.
  [[nodiscard]] std::uint64_t size_bytes(std::uint32_t node) noexcept {
    const std::uint16_t units = sizes_[node];
    return units != kElsewhere ? units * kSizeUnit : *other_sizes_.find(RowKey{node});
  }
  /// How many of them nobody asked for: 255 at the most.
  [[nodiscard]] std::uint8_t rounded_bytes(std::uint32_t node) const noexcept {
    return rounded_[node];
  }
  void set_rounded(std::uint32_t node, std::uint8_t bytes) noexcept { rounded_[node] = bytes; }
  void set_size(std::uint32_t node, std::uint64_t bytes, std::uint64_t rounded_bytes) noexcept {
    rounded_[node] = rounded_bytes < 0xff ? static_cast<std::uint8_t>(rounded_bytes) : 0xff;
    const bool fits = bytes % kSizeUnit == 0 && bytes / kSizeUnit < kElsewhere;
    sizes_[node] = fits ? static_cast<std::uint16_t>(bytes / kSizeUnit) : kElsewhere;
    if (!fits && !other_sizes_.insert(RowKey{node}, bytes)) out_of_memory = true;
  }

  // ------------------------------------------------------------------------------------------ rows

  /// The edges of a node: from `first` to before `end`.
  struct Row {
    std::uint64_t first = 0;
    std::uint64_t end = 0;
    bool operator==(const Row&) const = default;
  };
  [[nodiscard]] Row row(std::uint32_t node) noexcept {
    const Block& block = blocks_[node / kBlockNodes];
    if ((block.moved >> (node % kBlockNodes) & 1) != 0) return *moved_rows_.find(RowKey{node});
    std::uint64_t at = block.first_edge;
    for (std::uint32_t v = node / kBlockNodes * kBlockNodes; v < node; ++v) at += length(v);
    return Row{at, at + length(node)};
  }

  /// A row begins where edges are put next.
  void begin_row() noexcept { begun_ = edge_target.size(); }
  /// It is the row of a node, in the order of the nodes.
  void end_row_in_order(std::uint32_t node) noexcept {
    const std::uint64_t count = edge_target.size() - begun_;
    if (count == 0) return;
    Block& block = blocks_[node / kBlockNodes];
    if (block.first_edge == kNoEdges) block.first_edge = static_cast<std::uint32_t>(begun_);
    lengths_[node] = count < kLong ? static_cast<std::uint8_t>(count) : kLong;
    if (count >= kLong && !long_rows_.insert(RowKey{node}, static_cast<std::uint32_t>(count)))
      out_of_memory = true;
  }
  /// It is the row of a node, out of order; what was its row before is forgotten.
  void end_row(std::uint32_t node) noexcept {
    const Row row{begun_, edge_target.size()};
    if (row.first == row.end) return;
    blocks_[node / kBlockNodes].moved |= 1ULL << (node % kBlockNodes);
    if (Row* known = moved_rows_.find(RowKey{node}))
      *known = row;
    else if (!moved_rows_.insert(RowKey{node}, row))
      out_of_memory = true;
  }

  void put_edge(std::uint32_t target, EdgeKind kind, std::uint32_t name) noexcept {
    if (edge_target.size() == kMostEdges || !edge_target.push(target) || !edge_name.push(name) ||
        !edge_kind.push(static_cast<std::uint8_t>(kind)))
      out_of_memory = true;
  }

  /// visit(node, row) of every node, in order.
  template <class Visit>
  void for_each_row(Visit&& visit) noexcept {
    std::uint64_t at = 0;
    for (std::uint32_t node = 0; node < nodes_count(); ++node) {
      const Block& block = blocks_[node / kBlockNodes];
      if (node % kBlockNodes == 0) at = block.first_edge;
      const std::uint64_t next = at + length(node);
      const bool moved = (block.moved >> (node % kBlockNodes) & 1) != 0;
      visit(node, moved ? *moved_rows_.find(RowKey{node}) : Row{at, next});
      at = next;
    }
  }

  /// Gives back all but the rows' targets and kinds.
  void release_nodes() noexcept {
    words_.release();
    types_.release();
    sizes_.release();
    rounded_.release();
    lengths_.release();
    blocks_.release();
    edge_name.release();
    foreign.release();
    slack.release();
    labels.release();
    facts.release();
    copies.release();
    equal_numbers.release();
    for (auto& nodes : numerals) nodes.release();
    strings.release();
  }
  /// And these.
  void release_rows() noexcept {
    edge_target.release();
    edge_kind.release();
  }

 private:
  static constexpr unsigned kAddressBits = 48;
  static constexpr std::uint64_t kAddressMask = (1ULL << kAddressBits) - 1;
  static constexpr std::uint64_t kOneInEdge = 1ULL << kAddressBits;
  static constexpr std::uint32_t kFullInEdges = 1U << 16;
  static constexpr std::uint64_t kSizeUnit = 16;  ///< what the allocators round to
  static constexpr std::uint16_t kElsewhere = 0xffff;
  static constexpr std::uint8_t kLong = 0xff;
  static constexpr std::uint32_t kBlockNodes = 64;
  static constexpr std::uint32_t kNoEdges = 0xffffffffU;
  static constexpr std::uint32_t kMostNodes = 0xffffffffU;
  static constexpr std::uint64_t kMostEdges = 0xffffffffU;

  /// Of 64 nodes: where the first of their rows in order begins, and which rows are moved.
  struct Block {
    std::uint32_t first_edge = kNoEdges;
    std::uint32_t unused = 0;
    std::uint64_t moved = 0;
  };

  [[nodiscard]] std::uint32_t length(std::uint32_t node) noexcept {
    const std::uint8_t length = lengths_[node];
    return length != kLong ? length : *long_rows_.find(RowKey{node});
  }

  [[gnu::noinline]] void count_round(std::uint32_t node) noexcept {
    if (std::uint32_t* rounds = many_in_edges_.find(RowKey{node}))
      ++*rounds;
    else if (!many_in_edges_.insert(RowKey{node}, 1))
      out_of_memory = true;
  }

  Growing<std::uint64_t> words_;  ///< 48 bits of address, 16 of the count of in-edges
  Growing<std::uint16_t> types_;
  Growing<std::uint16_t> sizes_;  ///< in units
  Growing<std::uint8_t> rounded_;
  Growing<std::uint8_t> lengths_;  ///< of the rows that are in order
  Growing<Block> blocks_;
  std::uint64_t begun_ = 0;
  IndexMap<RowKey, std::uint32_t> many_in_edges_;  ///< how often the 16 bits were full
  IndexMap<RowKey, std::uint32_t> late_types_;
  IndexMap<RowKey, std::uint64_t> other_sizes_;
  IndexMap<RowKey, std::uint32_t> long_rows_;
  IndexMap<RowKey, Row> moved_rows_;
};

}  // namespace heapwise::cpython
