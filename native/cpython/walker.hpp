// Hot path: calls no Python function, allocates nothing, throws nothing.
// From the running frames of a thread to a site: the stack at an allocation, read in constant time.
//
// While a frame waits for an inlined call, the stack slot that held the callable is dead. The
// walker writes there a *mark*: the node of that frame. The interpreter overwrites the slot when
// the call returns, and pushing the callable of the next call overwrites it as well; so a mark that
// is found belongs to the call that is running, and nothing above it can have changed. A walk
// therefore ends at the first marked frame, however deep the stack.
//
// Not marked are frames that wait for a generator: there the result lands above the iterator, in a
// slot that nothing was pushed to, and an exception could leave an old mark behind.
#pragma once

#include "cpython/code_reader.hpp"
#include "cpython/layout.hpp"

#include "capture/recorder.hpp"

namespace heapwise::cpython {

/// How stacks are read. Marked is the rule; full walks to the root each time (to check the marks);
/// public uses the frame API, for an interpreter whose frames are not laid out as compiled in;
/// checked does a marked and a full walk each time and counts where they differ (for tests).
enum class Walk : std::uint8_t { kMarked, kFull, kPublic, kChecked };
extern Walk g_walk;
/// Guarded by the recorder's lock.
extern std::uint64_t g_checked_walks_count;
extern std::uint64_t g_wrong_walks_count;

inline constexpr std::uint64_t kMarkTag = 0xb6ULL << 56;  // no user-space pointer looks like this
inline constexpr std::uint64_t kMarkCheckMask = 0xffffffff00000000ULL;

/// Tag and check of a frame's mark: 24 bits that depend on where the frame is and what it runs.
inline std::uint64_t mark_check(const Frame* frame) noexcept {
  const std::uint64_t mixed =
      mix_fast(reinterpret_cast<std::uintptr_t>(frame) ^
               (reinterpret_cast<std::uintptr_t>(frame->instruction) << 20));
  return kMarkTag | ((mixed & 0xffffff) << 32);
}

inline std::uint32_t position_of(const Frame* frame, const PyCodeObject* code) noexcept {
  const auto offset = frame->instruction - first_instruction(code);
  if (offset < 0) return 0;  // about to begin
  return offset > kPositionLimit ? kPositionLimit : static_cast<std::uint32_t>(offset);
}

inline PyCodeObject* code_of(const Frame* frame) noexcept {
  PyObject* executable = executable_of(frame);
  if (executable == nullptr || Py_TYPE(executable) != &PyCode_Type) return nullptr;
  return reinterpret_cast<PyCodeObject*>(executable);
}

/// The site through the public frame API; needs the GIL and must run outside the section.
SiteId public_site(Recorder& recorder, Thread& thread, PyThreadState* state, Kind kind) noexcept;

/// Makes the nodes of pending frames count-1 .. 1 below `base`; returns that of frame 1. A hidden
/// frame has no node, but carries the mark of its caller's: imports are deep, and mostly hidden.
inline NodeId callers_of_pending(Recorder& recorder, Thread& thread, std::uint32_t count,
                                 NodeId base) noexcept {
  NodeId node = base;
  for (std::uint32_t i = count; i-- > 1;) {
    const PendingFrame& frame = thread.pending[i];
    if (frame.code != kHiddenCode) node = recorder.stacks.node(node, frame.code, frame.position);
    if (frame.mark != nullptr) *frame.mark = frame.mark_check | node;
  }
  return node;
}

/// The site of pending frame 0, called by the others.
inline SiteId site_of_pending(Recorder& recorder, Thread& thread, std::uint32_t count, NodeId base,
                              Kind kind) noexcept {
  if (count == 0 && base != thread.base) {
    // Only hidden frames below a marked one: the marked frame allocates.
    const NodeRow at = recorder.stacks.nodes[base];
    return recorder.stacks.site(at.parent, at.code, at.position, kind);
  }
  if (count == 0) return recorder.stacks.site(base, kNativeThreadCode, 0, kind);
  const NodeId callers = callers_of_pending(recorder, thread, count, base);
  return recorder.stacks.site(callers, thread.pending[0].code, thread.pending[0].position, kind);
}

/// What a walk up the frames found.
struct Climb {
  std::uint32_t count = 0;  ///< frames in thread.pending, the innermost first
  NodeId base = kRootNode;  ///< the node they hang from
};

/// See Recorder::creator_of; for a frame that asyncio's loop steps.
[[gnu::noinline]] inline NodeId creator_of_task(Recorder& recorder,
                                                const Frame* coroutine) noexcept {
  PyCodeObject* own = code_of(coroutine);
  return recorder.creator_of(generator_block(coroutine),
                             own == nullptr ? kHiddenCode : code_id(recorder, own));
}

/// Climbs from a running frame to the first mark, or to where the thread's stacks hang.
template <bool kUseMarks>
inline Climb climb(Recorder& recorder, Thread& thread, Frame* frame) noexcept {
  Climb result{0, thread.base};
  bool inlined =
      false;  // whether the frame before was called by the frame at hand, without C between
  char callee_owner = kOwnedByThread;
  const Frame* callee = nullptr;
  for (; frame != nullptr; frame = frame->previous) {
    if (is_shim(frame)) {
      inlined = false;
      continue;
    }
    ++thread.frames_visited_count;
    std::uint64_t* slot = nullptr;
    std::uint64_t check = 0;
    if (inlined && callee_owner == kOwnedByThread && (slot = dead_slot(frame)) != nullptr) {
      check = mark_check(frame);
      if (kUseMarks && (*slot & kMarkCheckMask) == check) {
        result.base = static_cast<NodeId>(*slot);
        return result;
      }
    }
    PyCodeObject* code = code_of(frame);
    const CodeId id = code == nullptr ? kHiddenCode : code_id(recorder, code);
    if (callee_owner == kOwnedByGenerator && code == g_task_runner && callee != nullptr)
        [[unlikely]] {
      const NodeId creator = creator_of_task(recorder, callee);
      if (creator != kRootNode) {
        result.base = creator;
        return result;
      }
    }
    if (id != kHiddenCode || result.count != 0) {
      if (result.count == thread.pending_room && !grow_pending(thread)) {
        result.base = recorder.stacks.node(kRootNode, kTruncatedCode, 0);
        return result;
      }
      thread.pending[result.count++] =
          PendingFrame{id, position_of(frame, code), kUseMarks ? slot : nullptr, check};
    }
    inlined = !called_from_c(frame);
    callee_owner = frame->owner;
    callee = frame;
  }
  return result;
}

/// The mark of a frame that waits for an inlined call, or 0.
inline std::uint64_t mark_of(Frame* frame) noexcept {
  const std::uint64_t* slot = dead_slot(frame);
  if (slot == nullptr || (*slot & kMarkCheckMask) != mark_check(frame)) return 0;
  return *slot;
}

/// The common case: the running frame was called by a marked one, and this position below it has
/// been met before. The cache's entry for it, its site 0 if it has not; nullptr in other cases.
inline SiteCacheEntry* cached_call(Recorder& recorder, Thread& thread, const Frame* frame,
                                   Kind kind) noexcept {
  if (is_shim(frame) || called_from_c(frame) || frame->owner != kOwnedByThread) return nullptr;
  Frame* caller = frame->previous;
  if (caller == nullptr || is_shim(caller)) return nullptr;
  const std::uint64_t mark = mark_of(caller);
  if (mark == 0) return nullptr;
  thread.frames_visited_count += 2;
  const auto base = static_cast<NodeId>(mark);
  const auto shape = static_cast<std::uint32_t>(kind);
  const auto instruction = reinterpret_cast<std::uintptr_t>(frame->instruction);
  SiteCacheEntry& entry =
      thread.site_cache[((instruction >> 1) * 5 + base * 31ULL + shape) % kSiteCacheEntries];
  if (entry.instructions[0] == frame->instruction && entry.base == base && entry.shape == shape &&
      entry.code_deaths_count == recorder.code_deaths_count) [[likely]]
    return &entry;
  entry = SiteCacheEntry{{frame->instruction}, base, 0, recorder.code_deaths_count, shape};
  return &entry;
}

/// The next most common: up to three frames below the nearest mark (calls from C, generators, the
/// interpreter's own helper frames between them), or a short stack without any.
[[gnu::noinline]] inline SiteCacheEntry* cached_run(Recorder& recorder, Thread& thread,
                                                    Frame* frame, Kind kind) noexcept {
  SiteCacheEntry key{};
  key.base = thread.base;
  unsigned count = 0;
  bool inlined = false;
  char callee_owner = kOwnedByThread;
  std::uint64_t mixed = static_cast<unsigned>(kind);
  for (; frame != nullptr; frame = frame->previous) {
    if (is_shim(frame)) {
      inlined = false;
      continue;
    }
    if (inlined && callee_owner == kOwnedByThread) {
      const std::uint64_t mark = mark_of(frame);
      if (mark != 0) {
        key.base = static_cast<NodeId>(mark);
        break;
      }
    }
    if (count == SiteCacheEntry::kFrames) return nullptr;
    // Each task hangs below its own creator.
    if (callee_owner == kOwnedByGenerator && code_of(frame) == g_task_runner) return nullptr;
    key.instructions[count++] = frame->instruction;
    mixed = mixed * 31 + (reinterpret_cast<std::uintptr_t>(frame->instruction) >> 1);
    inlined = !called_from_c(frame);
    callee_owner = frame->owner;
  }
  thread.frames_visited_count += count + (frame != nullptr ? 1 : 0);
  key.shape = count * kKindsCount + static_cast<unsigned>(kind);
  key.code_deaths_count = recorder.code_deaths_count;
  SiteCacheEntry& entry = thread.site_cache[mix_fast(mixed + key.base) % kSiteCacheEntries];
  const bool hit = entry.instructions[0] == key.instructions[0] && entry.base == key.base &&
                   entry.instructions[1] == key.instructions[1] &&
                   entry.instructions[2] == key.instructions[2] && entry.shape == key.shape &&
                   entry.code_deaths_count == key.code_deaths_count;
  if (!hit) entry = key;
  return &entry;
}

/// The site by climbing the frames. In the recorder's section.
template <bool kUseMarks>
[[gnu::noinline]] SiteId walk(Recorder& recorder, Thread& thread, PyThreadState* state, Kind kind,
                              SiteCacheEntry* entry) noexcept {
  thread.state.store(state, std::memory_order_relaxed);
  Frame* frame = state == nullptr ? nullptr : current_frame(state);
  const Climb found = climb<kUseMarks>(recorder, thread, frame);
  const SiteId site = site_of_pending(recorder, thread, found.count, found.base, kind);
  if (entry != nullptr) entry->site = site;
  return site;
}

/// A marked and a full walk, compared.
SiteId checked_walk(Recorder& recorder, Thread& thread, PyThreadState* state, Kind kind) noexcept;

/// The site of an allocation by a thread with this state. In the recorder's section.
inline SiteId find_site(Recorder& recorder, Thread& thread, PyThreadState* state,
                        Kind kind) noexcept {
  ++thread.walks_count;
  if (g_walk != Walk::kMarked) [[unlikely]]
    return checked_walk(recorder, thread, state, kind);
  Frame* frame = state == nullptr ? nullptr : current_frame(state);
  SiteCacheEntry* entry = nullptr;
  if (frame != nullptr) {
    entry = cached_call(recorder, thread, frame, kind);
    if (entry == nullptr) [[unlikely]]
      entry = cached_run(recorder, thread, frame, kind);
    if (entry != nullptr && entry->site != 0) [[likely]]
      return entry->site;
  }
  return walk<true>(recorder, thread, state, kind, entry);
}

}  // namespace heapwise::cpython
