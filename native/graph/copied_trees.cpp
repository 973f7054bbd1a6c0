#include <algorithm>

#include "graph/array.hpp"
#include "graph/equal_trees.hpp"

namespace heapwise {

namespace {

/// Trees that hold the same.
struct Group {
  std::uint32_t begin;  ///< of its members
  std::uint32_t end;
  std::uint64_t saving_bytes;  ///< when the largest of them stays
};

/// What becomes of a node. What stays has parts that are equal to each other; these are no copies
/// of trees.
enum Fate : std::uint8_t { kFree, kGone, kStays };

class Copies {
 public:
  Copies(const CopiesView& view, std::uint64_t least_bytes, Growing<CopiedTree>& found) noexcept
      : view_(view),
        n_(view.nodes_count),
        least_bytes_(least_bytes),
        found_(found),
        ends_(n_),
        members_(n_),
        fate_(n_),
        first_child_(std::uint64_t{n_} + 1),
        child_(n_),
        stack_(n_) {}

  TreeResult find() noexcept {
    if (!ends_.ok() || !members_.ok() || !fate_.ok() || !first_child_.ok() || !child_.ok() ||
        !stack_.ok() || !find_groups())
      return TreeResult::kNoMemory;
    const TreeView tree{n_, view_.dominator};
    const TreeResult result = children_of(tree, &first_child_[0], &child_[0]);
    if (result != TreeResult::kDone) return result;
    for (std::uint64_t i = 0; i < groups_.size(); ++i)
      if (!take(groups_[i])) return TreeResult::kNoMemory;
    return TreeResult::kDone;
  }

 private:
  [[nodiscard]] bool is_member(std::uint32_t v) const noexcept {
    return view_.is_root[v] != 0 && view_.dominator[v] != kNoNode;
  }

  /// Groups of more than one, the largest saving first.
  bool find_groups() noexcept {
    for (std::uint32_t v = 0; v < n_; ++v)
      if (is_member(v)) ++ends_[view_.equal[v]];
    std::uint32_t begin = 0;
    for (std::uint32_t v = 0; v < n_; ++v) {
      const std::uint32_t count = ends_[v];
      ends_[v] = begin;
      begin += count;
    }
    for (std::uint32_t v = 0; v < n_; ++v)
      if (is_member(v)) members_[ends_[view_.equal[v]]++] = v;
    begin = 0;
    for (std::uint32_t v = 0; v < n_; begin = ends_[v++])
      if (ends_[v] - begin > 1 && !push_group(begin, ends_[v])) return false;
    if (groups_.size() != 0)
      std::sort(&groups_[0], &groups_[0] + groups_.size(), [](const Group& a, const Group& b) {
        return a.saving_bytes != b.saving_bytes ? a.saving_bytes > b.saving_bytes
                                                : a.begin < b.begin;
      });
    return true;
  }

  bool push_group(std::uint32_t begin, std::uint32_t end) noexcept {
    std::uint64_t all = 0;
    std::uint64_t largest = 0;
    for (std::uint32_t i = begin; i < end; ++i) {
      all += view_.retained[members_[i]];
      largest = std::max(largest, view_.retained[members_[i]]);
    }
    return all - largest < least_bytes_ || groups_.push(Group{begin, end, all - largest});
  }

  /// Of those that are still free the largest stays, unless one is part of a tree that does: then
  /// all others go.
  bool take(const Group& group) noexcept {
    std::uint32_t kept = kNoNode;
    for (std::uint32_t i = group.begin; i < group.end; ++i)
      if (const std::uint32_t v = members_[i]; kept == kNoNode || is_better(v, kept)) kept = v;
    bool stayed = fate_[kept] != kFree;
    for (std::uint32_t i = group.begin; i < group.end; ++i) {
      const std::uint32_t v = members_[i];
      if (v == kept || fate_[v] != kFree) continue;
      if (!stayed) decide(kept, kStays);
      stayed = true;
      if (fate_[v] == kFree && !found_.push(CopiedTree{v, kept, decide(v, kGone)})) return false;
    }
    return true;
  }

  [[nodiscard]] bool is_better(std::uint32_t v, std::uint32_t than) noexcept {
    if (fate_[v] != fate_[than]) return fate_[v] > fate_[than];
    return view_.retained[v] > view_.retained[than];
  }

  /// Bytes of the part of a tree that was still free.
  std::uint64_t decide(std::uint32_t root, Fate fate) noexcept {
    std::uint64_t bytes = 0;
    std::uint32_t depth = 0;
    fate_[root] = fate;
    stack_[depth++] = root;
    while (depth != 0) {
      const std::uint32_t v = stack_[--depth];
      bytes += view_.sizes[v];
      for (std::uint32_t i = first_child_[v]; i < first_child_[v + 1]; ++i) {
        const std::uint32_t child = child_[i];
        if (fate_[child] != kFree) continue;
        fate_[child] = fate;
        stack_[depth++] = child;
      }
    }
    return bytes;
  }

  const CopiesView& view_;
  const std::uint32_t n_;
  const std::uint64_t least_bytes_;
  Growing<CopiedTree>& found_;
  Array<std::uint32_t> ends_;     ///< by the first of a group: where its members end
  Array<std::uint32_t> members_;  ///< of all groups, one after the other
  Array<std::uint8_t> fate_;
  Array<std::uint32_t> first_child_;
  Array<std::uint32_t> child_;
  Array<std::uint32_t> stack_;
  Growing<Group> groups_;
};

}  // namespace

TreeResult copied_trees(const CopiesView& view, std::uint64_t least_bytes,
                        Growing<CopiedTree>& found) noexcept {
  return Copies(view, least_bytes, found).find();
}

}  // namespace heapwise
