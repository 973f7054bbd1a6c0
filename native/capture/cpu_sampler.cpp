// No Python, no malloc, no exceptions. Guarded by the sessions lock.
#include "capture/cpu_sampler.hpp"

#include <errno.h>
#include <time.h>
#include <unistd.h>

#include "capture/hooks.hpp"

namespace heapwise {

bool (*g_read_stack)(const void* state, StackReading& reading) noexcept = nullptr;
bool (*g_has_moved)(const void* state, const StackReading& reading) noexcept = nullptr;
CodeId (*g_code_at)(Recorder& recorder, std::uintptr_t address, bool* is_known) noexcept = nullptr;

namespace {

ChunkedTable<CpuRow, 10, 1024> g_rows;           // up to 1 M stacks that ran
ChunkedTable<std::uint32_t, 12, 1024> g_row_of;  // node -> its row + 1
StackReading g_reading;

/// Stacks that were met lately: a raw stack's hash -> its node. Finding it here spares the
/// recorder's lock, whose bias towards the program's own thread a look must not break each time.
struct Remembered {
  std::uint64_t hash;
  std::uint32_t code_deaths_count;
  NodeId node;
};
constexpr std::size_t kRemembered = 1024;
Remembered g_remembered[kRemembered];

/// Below this, a thread is taken to have slept.
constexpr std::uint64_t kRanNs = 20'000;
/// More than this, and the look came late: what sleeps now did not use it where it sleeps.
constexpr std::uint64_t kLateNs = 20'000'000;

std::uint64_t hash_of(const StackReading& reading, NodeId base) noexcept {
  std::uint64_t hash = mix64(base + 1);
  for (unsigned i = 0; i < reading.count; ++i)
    hash = mix64(hash ^ reading.frames[i].code) + mix_fast(reading.frames[i].position);
  return hash | 1;
}

NodeId node_of(Recorder& recorder, Thread& self, const StackReading& reading,
               NodeId base) noexcept {
  const std::uint64_t hash = hash_of(reading, base);
  Remembered& known = g_remembered[hash % kRemembered];
  const bool is_task = reading.task_block != 0;  // the next task may lie where this one did
  if (!is_task && known.hash == hash && known.code_deaths_count == recorder.code_deaths_count)
    return known.node;
  if (!recorder.enter(self)) return kRootNode;
  NodeId node = reading.deeper ? recorder.stacks.node(kRootNode, kTruncatedCode, 0) : base;
  unsigned count = reading.count;
  if (is_task && reading.task_count != 0) {
    bool is_known = false;
    const std::uintptr_t own = reading.frames[reading.task_count - 1].code;
    const NodeId creator =
        recorder.creator_of(reading.task_block, g_code_at(recorder, own, &is_known));
    if (creator != kRootNode) {
      node = creator;
      count = reading.task_count;
    }
  }
  bool all_known = !is_task;  // the death of any other code object would not be told
  for (unsigned i = count; i-- > 0;) {
    bool is_known = false;
    const CodeId code = g_code_at(recorder, reading.frames[i].code, &is_known);
    all_known = all_known && is_known;
    if (code != kHiddenCode) node = recorder.stacks.node(node, code, reading.frames[i].position);
  }
  if (all_known) known = Remembered{hash, recorder.code_deaths_count, node};
  recorder.leave(self);
  return node;
}

/// Telling native time takes longer than all else: it is an estimate, and every fourth look does.
constexpr std::uint32_t kTellEvery = 4;

enum class Told { kUnknown, kPython, kNative };

void count(NodeId node, std::uint64_t cpu_ns, Told told, std::uint64_t wall_ns) noexcept {
  if (!g_row_of.ensure(node)) return;
  std::uint32_t& row = g_row_of[node];
  if (row == 0) {
    if (!g_rows.append(CpuRow{node, 0, 0, 0, 0, 0})) return;
    row = g_rows.size();
  }
  CpuRow& figures = g_rows[row - 1];
  figures.samples_count += cpu_ns > 0 ? 1 : 0;
  figures.cpu_ns += cpu_ns;
  figures.told_ns += told == Told::kUnknown ? 0 : cpu_ns;
  figures.native_ns += told == Told::kNative ? cpu_ns : 0;
  figures.wall_ns += wall_ns;
}

/// A bytecode takes some nanoseconds: a thread that used microseconds of CPU time and is where it
/// was is in native code. It may have to be given the time: we may stand on its core.
Told tell(const Thread& thread, const void* state) noexcept {
  constexpr std::uint64_t kEnoughNs = 20'000;
  const std::uint64_t begun_ns = cpu_ns_of(thread);
  for (int look = 0; look < 4; ++look) {
    const timespec rest{0, 30'000};
    ::nanosleep(&rest, nullptr);
    if (g_has_moved(state, g_reading)) return Told::kPython;
    if (cpu_ns_of(thread) >= begun_ns + kEnoughNs) return Told::kNative;
  }
  return Told::kUnknown;
}

/// Where a thread that runs no Python is charged: below the stack that started it.
NodeId native_node_of(Recorder& recorder, Thread& self, Thread& thread) noexcept {
  if (thread.native_node == kRootNode && recorder.enter(self)) {
    thread.native_node = recorder.stacks.node(thread.base, kNativeThreadCode, 0);
    recorder.leave(self);
  }
  return thread.native_node;
}

void look(Recorder& recorder, Thread& self, Thread& thread, std::uint64_t wall_now_ns) noexcept {
  const std::uint64_t cpu_now_ns = cpu_ns_of(thread);
  if (cpu_now_ns == 0) return;  // it has just ended
  const std::uint64_t cpu_ns =
      cpu_now_ns < thread.seen_cpu_ns ? 0 : cpu_now_ns - thread.seen_cpu_ns;
  const std::uint64_t wall_ns =
      wall_now_ns < thread.seen_wall_ns ? 0 : wall_now_ns - thread.seen_wall_ns;
  const bool ran = cpu_ns >= kRanNs;
  const NodeId before = thread.seen_node;
  Told told = Told::kUnknown;
  if (ran || thread.seen_node == kRootNode) {
    const void* state = thread.state.load(std::memory_order_relaxed);
    g_reading.thread = thread.handle;
    if (state != nullptr && g_read_stack(state, g_reading) && g_reading.count != 0) {
      thread.seen_node = node_of(recorder, self, g_reading, thread.base);
      if (ran && ++thread.looks_count % kTellEvery == 1) told = tell(thread, state);
    } else {
      thread.seen_node = native_node_of(recorder, self, thread);
      told = Told::kNative;
    }
  }
  // What it used too little of to be looked at is charged when it has used more.
  if (ran) thread.seen_cpu_ns = cpu_now_ns;
  thread.seen_wall_ns = wall_now_ns;
  if (cpu_ns >= kLateNs && before != kRootNode && before != thread.seen_node &&
      is_asleep(number_of(thread), false)) {
    count(before, cpu_ns, Told::kUnknown, 0);
    count(thread.seen_node, 0, Told::kUnknown, wall_ns);
    return;
  }
  count(thread.seen_node, ran ? cpu_ns : 0, told, wall_ns);
}

/// What threads used between the last look and their end.
void count_ended(Recorder& recorder, Thread& self, Thread& thread) noexcept {
  const std::uint64_t cpu_ns = thread.ended_cpu_ns.exchange(0, std::memory_order_acquire);
  if (cpu_ns == 0) return;
  NodeId node = thread.ended_node.load(std::memory_order_relaxed);
  if (node == kRootNode) node = native_node_of(recorder, self, thread);
  count(node, cpu_ns, Told::kUnknown, 0);
}

}  // namespace

NodeId sample_threads() noexcept {
  Thread* self = t_thread;
  if (g_read_stack == nullptr || self == nullptr) return kRootNode;
  const int saved_errno = errno;
  Recorder& recorder = g_recorder;
  const std::uint64_t wall_now_ns = monotonic_ns();
  NodeId main_node = kRootNode;
  for (Thread* thread = known_threads(); thread != nullptr; thread = thread->next_known) {
    if (thread == self) continue;
    count_ended(recorder, *self, *thread);
    if (!thread->runs.load(std::memory_order_acquire)) continue;
    look(recorder, *self, *thread, wall_now_ns);
    if (thread->is_main) main_node = thread->seen_node;
  }
  errno = saved_errno;
  return main_node;
}

void finish_cpu_samples() noexcept {
  Thread* self = t_thread;
  if (g_read_stack == nullptr || self == nullptr) return;
  for (Thread* thread = known_threads(); thread != nullptr; thread = thread->next_known) {
    count_ended(g_recorder, *self, *thread);
    const bool runs = thread->runs.load(std::memory_order_acquire);
    const std::uint64_t now_ns = runs && thread->seen_node != kRootNode ? cpu_ns_of(*thread) : 0;
    if (now_ns <= thread->seen_cpu_ns) continue;
    count(thread->seen_node, now_ns - thread->seen_cpu_ns, Told::kUnknown, 0);
    thread->seen_cpu_ns = now_ns;
  }
}

void forget_cpu_samples() noexcept {
  for (std::uint32_t i = 0; i < g_rows.size(); ++i) g_row_of[g_rows[i].node] = 0;
  g_rows.clear();
  // The first rows have their room from the start: what a scope costs must not hang on chance.
  if (!g_rows.ensure(0) || !g_row_of.ensure(0)) return;
  for (Thread* thread = known_threads(); thread != nullptr; thread = thread->next_known) {
    thread->seen_wall_ns = monotonic_ns();
    thread->seen_cpu_ns = cpu_ns_of(*thread);
    thread->seen_node = kRootNode;
    thread->ended_cpu_ns.store(0, std::memory_order_relaxed);
  }
}

std::uint32_t cpu_rows_count() noexcept { return g_rows.size(); }
const CpuRow& cpu_row(std::uint32_t index) noexcept { return g_rows[index]; }

}  // namespace heapwise
