// Hot path: calls no Python function, allocates nothing, throws nothing (installing excepted).
//
// Each byte is counted once. pymalloc serves requests of up to 512 bytes from its pools and hands
// larger ones to the RAW domain; RAW calls the C library, whose hooks see it too. So, with
// pymalloc, the OBJ and MEM hooks count up to 512 bytes and leave the rest to the RAW hook, and
// that hook guards the call below it. With any other allocator the outermost hook counts and
// guards.
#include "cpython/pymem_hooks.hpp"

#include <dlfcn.h>

#include <atomic>
#include <cstring>
#include <type_traits>

#include "cpython/walker.hpp"

#include "capture/hooks.hpp"
#include "capture/session.hpp"
#include "capture/unwinder.hpp"

namespace heapwise::cpython {

Walk g_walk = Walk::kMarked;
std::uint64_t g_checked_walks_count = 0;
std::uint64_t g_wrong_walks_count = 0;

namespace {

constexpr std::size_t kPymallocLimitBytes = 512;

struct Domain {
  PyMemAllocatorEx next;
  PyMemAllocatorDomain id;
};

// [mode][domain]; written once each, under the GIL, before the hook is installed.
Domain g_domains[2][3];
bool g_installed[2];
int g_first_installed = -1;
std::atomic<long long> g_arena_bytes{0};
PyObjectArenaAllocator g_next_arena;
bool g_arena_hooked = false;
char g_allocator_name[32];

/// The stack of a caller that holds the GIL (OBJ and MEM domains).
struct AttachedStack {
  SiteId operator()(Thread& thread, Kind kind) const noexcept {
    return find_site(g_recorder, thread, attached_state(), kind);
  }
};
/// The stack of any caller (RAW domain, native hooks).
struct OwnStack {
  SiteId operator()(Thread& thread, Kind kind) const noexcept { return native_site(thread, kind); }
};

/// Public-API stacks have to be read outside the section, and need the GIL.
template <class ModeHooks, class Stack>
inline void record(void* address, std::size_t size, Kind kind, Stack stack) noexcept {
  if (!std::is_same_v<Stack, AttachedStack> && g_recorder.native_stacks) [[unlikely]] {
    Thread* self = current_thread();
    if (self != nullptr && self->guard == 0) take_native_frames(*self);
  }
  if (g_walk != Walk::kPublic) [[likely]] {
    ModeHooks::allocated(address, size, kind, stack);
    if (std::is_same_v<Stack, AttachedStack> && g_recorder.ticker_paused) [[unlikely]]
      resume_ticker_if_due();
    return;
  }
  Thread* thread = current_thread();
  if (thread == nullptr || thread->guard != 0) return;
  const bool attached = std::is_same_v<Stack, AttachedStack> || PyGILState_Check() != 0;
  PyThreadState* state = attached ? attached_state() : nullptr;
  const SiteId site = public_site(g_recorder, *thread, state, kind);
  ModeHooks::allocated(address, size, kind, [site](Thread&, Kind) noexcept { return site; });
}

// ------------------------------------------------------- OBJ and MEM on top of pymalloc: small
// only

template <class ModeHooks>
struct Small {
  // What is recorded is done in functions of its own: so the common case of sampled mode, that
  // nothing is, saves no register and jumps on to pymalloc.

  static void* malloc(void* context, std::size_t size) {
    const Domain& domain = *static_cast<Domain*>(context);
    if (size > kPymallocLimitBytes || !ModeHooks::due(size))
      return domain.next.malloc(domain.next.ctx, size);
    return recorded_malloc(domain, size);
  }

  static void* calloc(void* context, std::size_t count, std::size_t size) {
    const Domain& domain = *static_cast<Domain*>(context);
    const std::size_t bytes = count * size;  // an overflow makes the call below fail
    if (bytes > kPymallocLimitBytes || !ModeHooks::due(bytes))
      return domain.next.calloc(domain.next.ctx, count, size);
    return recorded_calloc(domain, count, size);
  }

  static void* realloc(void* context, void* old, std::size_t size) {
    const Domain& domain = *static_cast<Domain*>(context);
    if (old == nullptr) return malloc(context, size);
    if (!ModeHooks::on()) return domain.next.realloc(domain.next.ctx, old, size);
    Block forgotten;
    const bool known = ModeHooks::freed(old, &forgotten);
    if (known && forgotten.kind != Kind::kPymalloc) {
      // A RAW block: its own hook, below, moves it.
      ModeHooks::restored(old, forgotten);
      return domain.next.realloc(domain.next.ctx, old, size);
    }
    void* block = domain.next.realloc(domain.next.ctx, old, size);
    if (block == nullptr) {
      if (known) ModeHooks::restored(old, forgotten);
    } else if (size <= kPymallocLimitBytes && (known || is_pool_block(block, old)) &&
               ModeHooks::due(size)) {
      record<ModeHooks>(block, size, Kind::kPymalloc, AttachedStack{});
    }
    return block;
  }

  static void free(void* context, void* block) {
    const Domain& domain = *static_cast<Domain*>(context);
    if (ModeHooks::may_know(block)) return recorded_free(domain, block);
    domain.next.free(domain.next.ctx, block);
  }

 private:
  [[gnu::noinline]] static void* recorded_malloc(const Domain& domain, std::size_t size) {
    void* block = domain.next.malloc(domain.next.ctx, size);
    if (block != nullptr) record<ModeHooks>(block, size, Kind::kPymalloc, AttachedStack{});
    return block;
  }

  [[gnu::noinline]] static void* recorded_calloc(const Domain& domain, std::size_t count,
                                                 std::size_t size) {
    void* block = domain.next.calloc(domain.next.ctx, count, size);
    if (block != nullptr) record<ModeHooks>(block, count * size, Kind::kPymalloc, AttachedStack{});
    return block;
  }

  [[gnu::noinline]] static void recorded_free(const Domain& domain, void* block) {
    ModeHooks::forget(block);
    domain.next.free(domain.next.ctx, block);
  }

  /// A block of unknown origin that came back small: if it did not move it may be RAW's (which
  /// keeps small blocks that were once large), and stays unknown; if it moved it is pymalloc's.
  static bool is_pool_block(void* block, void* old) noexcept { return block != old; }
};

// ----------------------------------------------------- RAW, and every domain of another allocator

template <class ModeHooks, Kind kKind>
struct Whole {
  using Stack = std::conditional_t<kKind == Kind::kPymalloc, AttachedStack, OwnStack>;

  static void* malloc(void* context, std::size_t size) {
    const Domain& domain = *static_cast<Domain*>(context);
    if (!ModeHooks::on()) return domain.next.malloc(domain.next.ctx, size);
    void* block = nullptr;
    {
      GuardScope guard(current_thread());
      block = domain.next.malloc(domain.next.ctx, size);
    }
    if (block != nullptr && ModeHooks::due(size)) record<ModeHooks>(block, size, kKind, Stack{});
    return block;
  }

  static void* calloc(void* context, std::size_t count, std::size_t size) {
    const Domain& domain = *static_cast<Domain*>(context);
    if (!ModeHooks::on()) return domain.next.calloc(domain.next.ctx, count, size);
    void* block = nullptr;
    {
      GuardScope guard(current_thread());
      block = domain.next.calloc(domain.next.ctx, count, size);
    }
    if (block != nullptr && ModeHooks::due(count * size))
      record<ModeHooks>(block, count * size, kKind, Stack{});
    return block;
  }

  static void* realloc(void* context, void* old, std::size_t size) {
    const Domain& domain = *static_cast<Domain*>(context);
    if (!ModeHooks::on()) return domain.next.realloc(domain.next.ctx, old, size);
    Block forgotten;
    const bool known = old != nullptr && ModeHooks::freed(old, &forgotten);
    void* block = nullptr;
    {
      GuardScope guard(current_thread());
      block = domain.next.realloc(domain.next.ctx, old, size);
    }
    if (block == nullptr) {
      if (known) ModeHooks::restored(old, forgotten);
    } else if (ModeHooks::due(size)) {
      record<ModeHooks>(block, size, kKind, Stack{});
    }
    return block;
  }

  static void free(void* context, void* block) {
    const Domain& domain = *static_cast<Domain*>(context);
    if (block == nullptr || !ModeHooks::on()) return domain.next.free(domain.next.ctx, block);
    ModeHooks::forget(block);
    GuardScope guard(current_thread());
    domain.next.free(domain.next.ctx, block);
  }
};

template <class Hooks>
void wrap(Domain& domain, PyMemAllocatorDomain id) noexcept {
  domain.id = id;
  PyMem_GetAllocator(id, &domain.next);
  PyMemAllocatorEx hooks{&domain, Hooks::malloc, Hooks::calloc, Hooks::realloc, Hooks::free};
  PyMem_SetAllocator(id, &hooks);
}

template <class ModeHooks>
void install() noexcept {
  Domain* domains = g_domains[static_cast<int>(ModeHooks::kMode) - 1];
  wrap<Whole<ModeHooks, Kind::kPyMem>>(domains[0], PYMEM_DOMAIN_RAW);
  if (std::strcmp(g_allocator_name, "pymalloc") == 0) {
    wrap<Small<ModeHooks>>(domains[1], PYMEM_DOMAIN_MEM);
    wrap<Small<ModeHooks>>(domains[2], PYMEM_DOMAIN_OBJ);
  } else {
    wrap<Whole<ModeHooks, Kind::kPymalloc>>(domains[1], PYMEM_DOMAIN_MEM);
    wrap<Whole<ModeHooks, Kind::kPymalloc>>(domains[2], PYMEM_DOMAIN_OBJ);
  }
}

// Arenas are where pymalloc's blocks lie: the blocks are counted, the mapping must not be.
void* arena_alloc(void*, std::size_t size) {
  GuardScope guard(current_thread());
  void* arena = g_next_arena.alloc(g_next_arena.ctx, size);
  if (arena != nullptr) g_arena_bytes += static_cast<long long>(size);
  return arena;
}

void arena_free(void*, void* arena, std::size_t size) {
  GuardScope guard(current_thread());
  g_arena_bytes -= static_cast<long long>(size);
  g_next_arena.free(g_next_arena.ctx, arena, size);
}

}  // namespace

void install_pymem_hooks(Mode mode) noexcept {
  allocator_name();  // while it is not hidden by hooks of ours
  if (!g_arena_hooked) {
    g_arena_hooked = true;
    PyObject_GetArenaAllocator(&g_next_arena);
    PyObjectArenaAllocator hooks{nullptr, arena_alloc, arena_free};
    PyObject_SetArenaAllocator(&hooks);
  }
  const int index = static_cast<int>(mode) - 1;
  if (g_installed[index]) return;
  g_installed[index] = true;
  if (g_first_installed < 0) g_first_installed = index;
  if (mode == Mode::kExact)
    install<ExactMode>();
  else
    install<SampledMode>();
}

void call_unhooked(void (*function)(void*), void* context) noexcept {
  constexpr int kObjects = 2;
  // The hooks that were installed first lie lowest.
  const int lowest = g_first_installed;
  if (lowest < 0) return function(context);
  PyMemAllocatorEx hooked{};
  PyMem_GetAllocator(PYMEM_DOMAIN_OBJ, &hooked);
  PyMem_SetAllocator(PYMEM_DOMAIN_OBJ, &g_domains[lowest][kObjects].next);
  function(context);
  PyMem_SetAllocator(PYMEM_DOMAIN_OBJ, &hooked);
}

long long arena_bytes() noexcept { return g_arena_bytes.load(); }

const char* allocator_name() noexcept {
  if (g_first_installed >= 0) return g_allocator_name;
  // Exported by every supported version, though 3.13 moved its declaration to a private header.
  using NameFunction = const char* (*)();
  const auto name_of =
      reinterpret_cast<NameFunction>(::dlsym(RTLD_DEFAULT, "_PyMem_GetCurrentAllocatorName"));
  const char* name = name_of == nullptr ? nullptr : name_of();
  std::strncpy(g_allocator_name, name == nullptr ? "unknown" : name, sizeof g_allocator_name - 1);
  return g_allocator_name;
}

}  // namespace heapwise::cpython

namespace heapwise {

SiteId native_site(Thread& thread, Kind kind) noexcept {
  if (thread.native_count != 0) [[unlikely]]
    return native_frames_site(g_recorder, thread, native_node(thread), kind);
  if (cpython::g_walk == cpython::Walk::kPublic)
    return g_recorder.stacks.site(thread.base, kNativeThreadCode, 0, kind);
  return cpython::find_site(g_recorder, thread, cpython::own_state(), kind);
}

NodeId native_node(Thread& thread) noexcept {
  if (cpython::g_walk == cpython::Walk::kPublic) return kRootNode;
  PyThreadState* state = cpython::own_state();
  if (state == nullptr) return thread.base;
  const cpython::Climb found =
      cpython::climb<true>(g_recorder, thread, cpython::current_frame(state));
  if (found.count == 0) return found.base;
  const NodeId callers = cpython::callers_of_pending(g_recorder, thread, found.count, found.base);
  const PendingFrame& top = thread.pending[0];
  return g_recorder.stacks.node(callers, top.code, top.position);
}

}  // namespace heapwise
