// Hot path: no Python, no malloc, no exceptions.
// The calling-context tree: codes, nodes (callers) and sites (allocating positions).
//
// A node is (parent node, code, position); parents have smaller ids than their children. A site is
// a leaf (parent node, code, position, kind) and owns the figures. All tables only grow: they are
// bounded by the number of distinct stacks, and survive stop and start, so that marks left in
// interpreter frames stay true.
#pragma once

#include <cstdint>

#include "base/chunked_table.hpp"
#include "base/index_map.hpp"
#include "model/kinds.hpp"
#include "model/strings.hpp"

namespace heapwise {

using CodeId = std::uint32_t;
using NodeId = std::uint32_t;
using SiteId = std::uint32_t;

inline constexpr NodeId kRootNode = 0;
/// A code that must not show in stacks (an interpreter's shim).
inline constexpr CodeId kHiddenCode = 0;
/// Stands in for the Python stack of a thread that never ran Python.
inline constexpr CodeId kNativeThreadCode = 1;
/// Stands in for the callers below the deepest recorded frame.
inline constexpr CodeId kTruncatedCode = 2;

/// A position is an instruction offset in code units; the kind of a site stands in the top bits.
inline constexpr unsigned kPositionBits = 28;
inline constexpr std::uint32_t kPositionLimit = (1U << kPositionBits) - 1;

struct CodeRow {
  StringId file;
  StringId function;
  StringId linetable;
  std::int32_t first_line;
};

struct NodeRow {
  NodeId parent;
  CodeId code;
  std::uint32_t position;
};

struct SiteKeyRow {
  NodeId parent;
  CodeId code;
  std::uint32_t position;  ///< without the kind
  std::uint32_t kind;
};

/// The figures of one site: one cache line. Number is int64_t (exact) or double (sampled).
template <class Number>
struct SiteFigures {
  Number in_use_bytes;
  Number in_use_count;
  Number total_bytes;
  Number total_count;
  Number at_peak_bytes;  ///< valid when epoch is the current one, see Recorder
  Number at_peak_count;
  std::uint64_t epoch;
  Number residence_ms;  ///< sum of deaths minus sum of births, in ticks
};
static_assert(sizeof(SiteFigures<std::int64_t>) == 64 && sizeof(SiteFigures<double>) == 64);

struct RawSiteFigures {
  alignas(64) unsigned char bytes[64];
};

/// What sampling leaves uncertain, per site: sums of s^2 (1 - p) / p^2.
struct SiteVariance {
  double total_bytes2;
  double in_use_bytes2;
  double at_peak_bytes2;
  double samples_count;
};

class StackTables {
 public:
  ChunkedTable<CodeRow, 11, 512> codes;      // up to 1 M codes
  ChunkedTable<NodeRow, 12, 1024> nodes;     // up to 4 M nodes
  ChunkedTable<SiteKeyRow, 12, 1024> sites;  // up to 4 M sites
  static constexpr std::uint32_t kMostSites = decltype(sites)::kMaxRows;
  ChunkedTable<RawSiteFigures, 12, 1024> figures;
  ChunkedTable<SiteVariance, 12, 1024> variances;
  StringTable strings;

  /// Makes the sentinels; false when there is no memory.
  bool prepare() noexcept {
    if (codes.size() != 0) return true;
    strings.intern("", 0);
    const StringId native = strings.intern("<no Python frame>", 17);
    const StringId truncated = strings.intern("<deeper frames>", 15);
    return codes.append(CodeRow{0, 0, 0, 0}) && codes.append(CodeRow{0, native, 0, 0}) &&
           codes.append(CodeRow{0, truncated, 0, 0}) && nodes.append(NodeRow{0, 0, 0}) &&
           sites.append(SiteKeyRow{0, 0, 0, 0}) && figures.ensure(0);
  }

  /// The id of a code with these names and lines: codes made anew at each call (eval, exec) are
  /// one.
  CodeId code(const TripleKey& names, std::int32_t first_line) noexcept {
    if (const std::uint32_t* found = code_ids_.find(names)) return *found;
    const CodeId id = codes.size();
    if (!codes.append(CodeRow{names.parent, names.code, names.position, first_line}) ||
        !code_ids_.insert(names, id))
      return full_ = true, kHiddenCode;
    return id;
  }

  /// The node of a caller below its own callers. Recursion is folded: once a code stands
  /// kRecursionKept times among the nearest callers, a further call from the same position is the
  /// node of the nearest such caller. (Recursion with two call sites would otherwise make 2^depth
  /// nodes.) The rule looks at nodes alone, so that a stack has one node however it was walked.
  NodeId node(NodeId parent, CodeId code, std::uint32_t position) noexcept {
    const TripleKey key{parent, code, position};
    if (const std::uint32_t* found = node_ids_.find(key)) return *found;
    NodeId id = recursive_caller(key);
    if (id == kRootNode) {
      id = nodes.size();
      if (!nodes.append(NodeRow{parent, code, position})) return full_ = true, kRootNode;
    }
    if (!node_ids_.insert(key, id)) return full_ = true, kRootNode;
    return id;
  }

  /// The site of a leaf; 0 when the tables are full.
  SiteId site(NodeId parent, CodeId code, std::uint32_t position, Kind kind) noexcept {
    const auto tag = static_cast<std::uint32_t>(kind) << kPositionBits;
    const TripleKey key{parent, code, position | tag};
    if (const std::uint32_t* found = site_ids_.find(key)) [[likely]]
      return *found;
    const SiteId id = sites.size();
    if (!figures.ensure(id) ||
        !sites.append(SiteKeyRow{parent, code, position, static_cast<std::uint32_t>(kind)}) ||
        !site_ids_.insert(key, id))
      return full_ = true, 0;
    return id;
  }

  template <class Number>
  SiteFigures<Number>& site_figures(SiteId site) noexcept {
    return *reinterpret_cast<SiteFigures<Number>*>(figures[site].bytes);
  }

  [[nodiscard]] bool full() const noexcept { return full_; }

  /// Memory in use by the tables of stacks; strings are not counted.
  [[nodiscard]] std::uint64_t used_bytes() const noexcept {
    return sites.size() * (sizeof(SiteKeyRow) + sizeof(RawSiteFigures)) +
           nodes.size() * sizeof(NodeRow) + codes.size() * sizeof(CodeRow) +
           code_ids_.used_bytes() + node_ids_.used_bytes() + site_ids_.used_bytes();
  }

 private:
  static constexpr unsigned kRecursionKept = 6;
  static constexpr unsigned kNearestCallers = 48;

  /// The caller that a recursive call is folded into, or the root when it is not folded.
  [[nodiscard]] NodeId recursive_caller(const TripleKey& key) const noexcept {
    unsigned met = 0;
    NodeId nearest = kRootNode;
    NodeId node = key.parent;
    for (unsigned i = 0; i < kNearestCallers && node != kRootNode; ++i, node = nodes[node].parent) {
      if (nodes[node].code != key.code) continue;
      ++met;
      if (nearest == kRootNode && nodes[node].position == key.position) nearest = node;
    }
    return met >= kRecursionKept ? nearest : kRootNode;
  }

  IndexMap<TripleKey, std::uint32_t> code_ids_;
  IndexMap<TripleKey, std::uint32_t> node_ids_;
  IndexMap<TripleKey, std::uint32_t> site_ids_;
  bool full_ = false;
};

}  // namespace heapwise
