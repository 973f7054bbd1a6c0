// No Python, no malloc, no exceptions. Guarded by the sessions lock.
#include "capture/cpu_sampler.hpp"

#include <errno.h>
#include <time.h>
#include <unistd.h>

#include "capture/hooks.hpp"

namespace heapwise {

bool (*g_read_stack)(const void* state, StackReading& reading) noexcept = nullptr;
bool (*g_has_moved)(const void* state, const StackReading& reading) noexcept = nullptr;
CodeId (*g_code_at)(Recorder& recorder, std::uintptr_t address) noexcept = nullptr;

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
  if (known.hash == hash && known.code_deaths_count == recorder.code_deaths_count)
    return known.node;
  if (!recorder.enter(self)) return kRootNode;
  NodeId node = reading.deeper ? recorder.stacks.node(kRootNode, kTruncatedCode, 0) : base;
  for (unsigned i = reading.count; i-- > 0;) {
    const CodeId code = g_code_at(recorder, reading.frames[i].code);
    if (code != kHiddenCode) node = recorder.stacks.node(node, code, reading.frames[i].position);
  }
  known = Remembered{hash, recorder.code_deaths_count, node};
  recorder.leave(self);
  return node;
}

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

std::uint64_t cpu_now(const Thread& thread) noexcept {
  timespec now{};
  if (::clock_gettime(thread.cpu_clock, &now) != 0) return 0;
  return static_cast<std::uint64_t>(now.tv_sec) * 1000000000ULL +
         static_cast<std::uint64_t>(now.tv_nsec);
}

/// A bytecode takes some nanoseconds: a thread that used microseconds of CPU time and is where it
/// was is in native code. It may have to be given the time: we may stand on its core.
Told tell(const Thread& thread, const void* state) noexcept {
  constexpr std::uint64_t kEnoughNs = 20'000;
  const std::uint64_t begun_ns = cpu_now(thread);
  for (int look = 0; look < 4; ++look) {
    const timespec rest{0, 30'000};
    ::nanosleep(&rest, nullptr);
    if (g_has_moved(state, g_reading)) return Told::kPython;
    if (cpu_now(thread) >= begun_ns + kEnoughNs) return Told::kNative;
  }
  return Told::kUnknown;
}

void look(Recorder& recorder, Thread& self, Thread& thread, std::uint64_t wall_now_ns) noexcept {
  const std::uint64_t cpu_now_ns = cpu_now(thread);
  if (cpu_now_ns == 0) return;  // it has just ended
  const bool first = thread.seen_wall_ns == 0;
  const std::uint64_t cpu_ns =
      first || cpu_now_ns < thread.seen_cpu_ns ? 0 : cpu_now_ns - thread.seen_cpu_ns;
  const std::uint64_t wall_ns = first ? 0 : wall_now_ns - thread.seen_wall_ns;
  thread.seen_cpu_ns = cpu_now_ns;
  thread.seen_wall_ns = wall_now_ns;
  const bool ran = cpu_ns >= kRanNs;
  Told told = Told::kUnknown;
  if (ran || thread.seen_node == kRootNode) {
    const void* state = thread.state.load(std::memory_order_relaxed);
    if (state == nullptr || !g_read_stack(state, g_reading)) return;
    if (g_reading.count == 0) return;
    thread.seen_node = node_of(recorder, self, g_reading, thread.base);
    if (ran) told = tell(thread, state);
  }
  count(thread.seen_node, ran ? cpu_ns : 0, told, wall_ns);
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
    if (thread == self || !thread->runs.load(std::memory_order_acquire) ||
        thread->state.load(std::memory_order_relaxed) == nullptr)
      continue;
    look(recorder, *self, *thread, wall_now_ns);
    if (thread->is_main) main_node = thread->seen_node;
  }
  errno = saved_errno;
  return main_node;
}

void forget_cpu_samples() noexcept {
  for (std::uint32_t i = 0; i < g_rows.size(); ++i) g_row_of[g_rows[i].node] = 0;
  g_rows.clear();
  // The first rows have their room from the start: what a scope costs must not hang on chance.
  if (!g_rows.ensure(0) || !g_row_of.ensure(0)) return;
  for (Thread* thread = known_threads(); thread != nullptr; thread = thread->next_known) {
    thread->seen_wall_ns = 0;
    thread->seen_node = kRootNode;
  }
}

std::uint32_t cpu_rows_count() noexcept { return g_rows.size(); }
const CpuRow& cpu_row(std::uint32_t index) noexcept { return g_rows[index]; }

}  // namespace heapwise
