// Hot path: no Python, no malloc, no exceptions (patching excepted, which is as strict).
//
// Our own object is never patched, so a plain call here reaches the real function. A block is
// forgotten before the real free or realloc can hand its address to another thread; a mapping
// before the real munmap, and put back if that fails.
#include "capture/native_hooks.hpp"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <type_traits>

#include "capture/hooks.hpp"
#include "capture/unwinder.hpp"

extern "C" void* reallocarray(void*, std::size_t, std::size_t) noexcept;

namespace heapwise {

void (*g_before_exit)(bool replaced) noexcept = nullptr;

namespace {

bool guarded() noexcept {
  const Thread* thread = t_thread;
  return thread != nullptr && thread->guard != 0;
}

template <class ModeHooks>
struct Native {
  static void count(void* block, std::size_t size) noexcept {
    if (block != nullptr && !guarded() && ModeHooks::due(size)) count_due(block, size);
  }
  static void count_due(void* block, std::size_t size) noexcept {
    if (g_recorder.native_stacks) [[unlikely]] {
      Thread* thread = current_thread();
      if (thread != nullptr) take_native_frames(*thread);
    }
    ModeHooks::allocated(block, size, Kind::kMalloc, native_site);
  }

  // As in pymem_hooks.cpp: what is recorded has functions of its own, the rest jumps on.

  static void* malloc(std::size_t size) {
    if (guarded() || !ModeHooks::due(size)) return ::malloc(size);
    return recorded_malloc(size);
  }
  static void* calloc(std::size_t number, std::size_t size) {
    void* block = ::calloc(number, size);
    count(block, number * size);
    if (number * size >= kLeastReserveBytes) [[unlikely]]
      ModeHooks::zeroed(block);
    return block;
  }
  static void free(void* block) {
    if (ModeHooks::may_know(block) && !guarded()) return recorded_free(block);
    ::free(block);
  }
  static void* realloc(void* old, std::size_t size) {
    if (old == nullptr) return malloc(size);
    if (!ModeHooks::on() || guarded()) return ::realloc(old, size);
    Block forgotten;
    const bool known = ModeHooks::freed(old, &forgotten);
    void* block = ::realloc(old, size);
    if (block != nullptr)
      count(block, size);
    else if (known && size != 0)  // realloc(p, 0) has freed p
      ModeHooks::restored(old, forgotten);
    return block;
  }
  static void* reallocarray(void* old, std::size_t number, std::size_t size) {
    std::size_t bytes;
    if (__builtin_mul_overflow(number, size, &bytes)) return ::reallocarray(old, number, size);
    return realloc(old, bytes);
  }
  static int posix_memalign(void** out, std::size_t alignment, std::size_t size) {
    const int status = ::posix_memalign(out, alignment, size);
    if (status == 0) count(*out, size);
    return status;
  }
  static void* aligned_alloc(std::size_t alignment, std::size_t size) {
    void* block = ::aligned_alloc(alignment, size);
    count(block, size);
    return block;
  }
  static void* memalign(std::size_t alignment, std::size_t size) {
    void* block = ::memalign(alignment, size);
    count(block, size);
    return block;
  }
  static void* valloc(std::size_t size) {
    void* block = ::valloc(size);
    count(block, size);
    return block;
  }
  static void* pvalloc(std::size_t size) {
    void* block = ::pvalloc(size);
    count(block, round_up(size, kPageBytes));
    return block;
  }

 private:
  [[gnu::noinline]] static void* recorded_malloc(std::size_t size) noexcept {
    void* block = ::malloc(size);
    if (block != nullptr) count_due(block, size);
    return block;
  }
  [[gnu::noinline]] static void recorded_free(void* block) noexcept {
    ModeHooks::forget(block);
    ::free(block);
  }
};

// ------------------------------------------------------------------------------------- mappings

template <class Number>
void add_mapping(Recorder& recorder, const MappedRange& range) noexcept {
  // Whole mappings are recorded in every mode: they are few and large.
  if constexpr (std::is_floating_point_v<Number>)
    if (!recorder.stacks.variances.ensure(range.site)) return;
  if (!recorder.ranges.insert(range)) {
    recorder.out_of_memory = true;
    return;
  }
  recorder.count_new<Number>(range.site, static_cast<Number>(range.bytes()), 1, range.kind);
}

template <class Number>
void remove_mapping(Recorder& recorder, std::uintptr_t start, std::uintptr_t end) noexcept {
  recorder.ranges.remove(start, end, [&](const MappedRange& cut, int ranges) {
    recorder.count_gone<Number>(cut.site, static_cast<Number>(cut.bytes()),
                                static_cast<Number>(ranges), cut.kind);
  });
}

/// Runs an action in the section, with the number type of the mode; nothing when not recording.
template <class Action>
void in_section(Action&& action) noexcept {
  const Mode mode = g_recorder.mode.load(std::memory_order_relaxed);
  if (mode == Mode::kOff || guarded()) return;
  Thread* thread = current_thread();
  if (thread == nullptr) return;
  if (g_recorder.enter(*thread)) {
    if (g_recorder.mode.load(std::memory_order_relaxed) == mode) {
      if (mode == Mode::kExact)
        action(*thread, std::int64_t{});
      else
        action(*thread, double{});
    }
    g_recorder.leave(*thread);
  }
}

std::uintptr_t address_of(const void* pointer) noexcept {
  return reinterpret_cast<std::uintptr_t>(pointer);
}

constexpr std::size_t kLeastPoolBytes = 1 << 20;

Kind kind_of_mapping(std::size_t bytes, int protection, int flags) noexcept {
  // Allocators that libraries bring along (mimalloc, jemalloc) ask for far more than they use, and
  // tell the kernel so: of such a mapping, the touched pages count. See ticker.cpp.
  if ((flags & MAP_ANONYMOUS) == 0) return Kind::kMmapFile;
  if (protection == PROT_NONE) return Kind::kReserved;
  return (flags & MAP_NORESERVE) != 0 && bytes >= kLeastPoolBytes ? Kind::kPool : Kind::kMmap;
}

void mapped(void* address, std::size_t bytes, int protection, int flags) noexcept {
  if (g_recorder.native_stacks && g_recorder.mode.load(std::memory_order_relaxed) != Mode::kOff &&
      !guarded()) {
    Thread* thread = current_thread();
    if (thread != nullptr) take_native_frames(*thread);
  }
  in_section([&](Thread& thread, auto number) {
    const Kind kind = kind_of_mapping(bytes, protection, flags);
    const std::uintptr_t start = address_of(address);
    const std::uintptr_t end = start + round_up(bytes, kPageBytes);
    remove_mapping<decltype(number)>(g_recorder, start, end);  // MAP_FIXED may cover older ones
    const SiteId site = native_site(thread, kind);
    const bool noreserve = (flags & MAP_NORESERVE) != 0 && bytes >= kLeastPoolBytes;
    if (site != 0)
      add_mapping<decltype(number)>(g_recorder, MappedRange{start, end, site, kind, 0, noreserve});
  });
}

/// The break was moved up: not by whole pages, perhaps.
void mapped_bytes(void* address, std::size_t bytes) noexcept {
  in_section([&](Thread& thread, auto number) {
    const SiteId site = native_site(thread, Kind::kMmap);
    const std::uintptr_t start = address_of(address);
    if (site == 0) return;
    remove_mapping<decltype(number)>(g_recorder, start, start + bytes);
    add_mapping<decltype(number)>(g_recorder, MappedRange{start, start + bytes, site, Kind::kMmap});
  });
}

/// Pieces of mappings that were removed before a call that may still fail.
struct RemovedRanges {
  static constexpr unsigned kMaxCuts = 64;  // beyond it, a failed call cannot put all back
  MappedRange cuts[kMaxCuts];
  int ranges[kMaxCuts];
  unsigned count = 0;
};

void forget_mappings(void* address, std::size_t bytes, RemovedRanges* removed) noexcept {
  in_section([&](Thread&, auto number) {
    using Number = decltype(number);
    const std::uintptr_t start = address_of(address);
    const std::uintptr_t end = start + round_up(bytes, kPageBytes);
    g_recorder.ranges.remove(start, end, [&](const MappedRange& cut, int ranges) {
      const auto size = static_cast<Number>(cut.bytes());
      g_recorder.count_gone<Number>(cut.site, size, static_cast<Number>(ranges), cut.kind);
      if (removed->count == RemovedRanges::kMaxCuts) return;
      removed->ranges[removed->count] = ranges;
      removed->cuts[removed->count++] = cut;
    });
  });
}

void restore_mappings(const RemovedRanges& removed) noexcept {
  in_section([&](Thread&, auto number) {
    using Number = decltype(number);
    for (unsigned i = 0; i < removed.count; ++i) {
      const MappedRange& cut = removed.cuts[i];
      const auto size = static_cast<Number>(cut.bytes());
      if (g_recorder.ranges.insert(cut))
        g_recorder.count_gone<Number>(cut.site, -size, -static_cast<Number>(removed.ranges[i]),
                                      cut.kind);
    }
  });
}

void* hook_mmap(void* wish, std::size_t bytes, int protection, int flags, int fd, off_t offset) {
  void* address = ::mmap(wish, bytes, protection, flags, fd, offset);
  if (address != MAP_FAILED) mapped(address, bytes, protection, flags);
  return address;
}

int hook_munmap(void* address, std::size_t bytes) {
  RemovedRanges removed;
  if (bytes != 0 && address_of(address) % kPageBytes == 0)
    forget_mappings(address, bytes, &removed);
  const int status = ::munmap(address, bytes);
  if (status != 0) restore_mappings(removed);
  return status;
}

void* hook_mremap(void* old, std::size_t old_bytes, std::size_t bytes, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  void* wish = (flags & MREMAP_FIXED) != 0 ? va_arg(arguments, void*) : nullptr;
  va_end(arguments);
  RemovedRanges removed;
  forget_mappings(old, old_bytes, &removed);
  void* address = ::mremap(old, old_bytes, bytes, flags, wish);
  if (address == MAP_FAILED) {
    restore_mappings(removed);
  } else if (removed.count != 0) {
    in_section([&](Thread&, auto number) {
      // The mapping keeps the site that made it.
      MappedRange moved = removed.cuts[0];
      moved.start = address_of(address);
      moved.end = moved.start + round_up(bytes, kPageBytes);
      remove_mapping<decltype(number)>(g_recorder, moved.start, moved.end);
      add_mapping<decltype(number)>(g_recorder, moved);
    });
  }
  return address;
}

/// Whether no page of a range is in memory.
bool is_untouched(void* address, std::size_t bytes) noexcept {
  unsigned char pages[1024];
  for (std::size_t at = 0; at < bytes; at += sizeof pages * kPageBytes) {
    const std::size_t rest = bytes - at;
    const std::size_t step = rest < sizeof pages * kPageBytes ? rest : sizeof pages * kPageBytes;
    if (::mincore(static_cast<char*>(address) + at, step, pages) != 0) return false;
    for (std::size_t i = 0; i < (step + kPageBytes - 1) / kPageBytes; ++i)
      if ((pages[i] & 1U) != 0) return false;
  }
  return true;
}

/// Access to addresses that were only reserved makes them memory, of the site that asks for it; an
/// anonymous mapping that loses its access is a reservation again, once its pages are given back.
void protected_anew(void* address, std::size_t bytes, int protection) noexcept {
  if (g_recorder.ranges.count() == 0) return;
  if (protection == PROT_NONE && !is_untouched(address, bytes)) return;
  in_section([&](Thread& thread, auto number) {
    using Number = decltype(number);
    const Kind from = protection == PROT_NONE ? Kind::kMmap : Kind::kReserved;
    std::uintptr_t at = address_of(address);
    const std::uintptr_t end = at + round_up(bytes, kPageBytes);
    SiteId site = 0;
    MappedRange piece;
    while (g_recorder.ranges.find(at, end, &piece)) {
      at = piece.end;
      if (piece.kind != from) continue;
      const Kind to = protection == PROT_NONE ? Kind::kReserved
                      : piece.noreserve       ? Kind::kPool
                                              : Kind::kMmap;
      if (site == 0) site = native_site(thread, to);
      if (site == 0) return;
      remove_mapping<Number>(g_recorder, piece.start, piece.end);
      add_mapping<Number>(g_recorder,
                          MappedRange{piece.start, piece.end, site, to, 0, piece.noreserve});
    }
  });
}

int hook_mprotect(void* address, std::size_t bytes, int protection) {
  const int status = ::mprotect(address, bytes, protection);
  if (status == 0) protected_anew(address, bytes, protection);
  return status;
}

// The program's own moves of the break. (glibc's malloc moves it, too, but not through these.)
void* hook_sbrk(std::intptr_t increment) {
  RemovedRanges removed;
  if (increment < 0) {
    char* top = static_cast<char*>(::sbrk(0));
    forget_mappings(top + increment, static_cast<std::size_t>(-increment), &removed);
  }
  void* old = ::sbrk(increment);
  if (old == reinterpret_cast<void*>(-1))
    restore_mappings(removed);
  else if (increment > 0)
    mapped_bytes(old, static_cast<std::size_t>(increment));
  return old;
}
int hook_brk(void* end) {
  char* old = static_cast<char*>(::sbrk(0));
  const std::ptrdiff_t change = static_cast<char*>(end) - old;
  RemovedRanges removed;
  if (change < 0) forget_mappings(end, static_cast<std::size_t>(-change), &removed);
  const int status = ::brk(end);
  if (status != 0)
    restore_mappings(removed);
  else if (change > 0)
    mapped_bytes(old, static_cast<std::size_t>(change));
  return status;
}

/// What a new thread is told: what to run, and the stack that created it.
struct ThreadStart {
  void* (*run)(void*);
  void* argument;
  NodeId base;
};

void* start_thread(void* argument) {
  const ThreadStart start = *static_cast<ThreadStart*>(argument);
  ::free(argument);
  if (Thread* thread = current_thread()) thread->base = start.base;
  return start.run(start.argument);
}

int hook_pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*run)(void*),
                        void* argument) {
  NodeId base = kRootNode;
  in_section([&](Thread& self, auto) { base = native_node(self); });
  auto* start =
      base == kRootNode ? nullptr : static_cast<ThreadStart*>(::malloc(sizeof(ThreadStart)));
  if (start == nullptr) return ::pthread_create(thread, attributes, run, argument);
  *start = ThreadStart{run, argument, base};
  const int status = ::pthread_create(thread, attributes, start_thread, start);
  if (status != 0) ::free(start);
  return status;
}

[[noreturn]] void hook_exit(int status) {
  if (g_before_exit != nullptr) g_before_exit(false);
  ::_exit(status);
}

// A program that replaces itself ends its recording here; if that fails, it goes on.
int hook_execve(const char* path, char* const arguments[], char* const environment[]) {
  if (g_before_exit != nullptr) g_before_exit(true);
  return ::execve(path, arguments, environment);
}
int hook_execv(const char* path, char* const arguments[]) {
  if (g_before_exit != nullptr) g_before_exit(true);
  return ::execv(path, arguments);
}

// Copies worth knowing of. Only exact mode pays the look at each size.
constexpr std::size_t kLeastCopyBytes = 32 * 1024;

void copied(std::size_t size) noexcept {
  in_section([&](Thread& thread, auto number) {
    const SiteId site = native_site(thread, Kind::kCopy);
    if (site == 0) return;
    if constexpr (std::is_floating_point_v<decltype(number)>)
      if (!g_recorder.stacks.variances.ensure(site)) return;
    g_recorder.count_passing<decltype(number)>(site, static_cast<decltype(number)>(size));
  });
}
// A function of its own, so that small copies, which are many, jump on at once.
[[gnu::noinline, gnu::cold]] void* counted_move(void* to, const void* from, std::size_t size) {
  copied(size);
  return std::memmove(to, from, size);
}
void* hook_memcpy(void* to, const void* from, std::size_t size) {
  if (size >= kLeastCopyBytes) [[unlikely]]
    return counted_move(to, from, size);
  return std::memmove(to, from, size);  // old binaries may rely on it for memcpy, too
}
void* hook_memmove(void* to, const void* from, std::size_t size) {
  return hook_memcpy(to, from, size);
}

void* hook_dlsym(void* handle, const char* name);

// ------------------------------------------------------------------------------------- the table

struct Hook {
  const char* name;
  void* exact;
  void* sampled;  // nullptr: the real one
  void* real;     // filled in at the first installation
};

#define HEAPWISE_NATIVE(function)                                    \
  {#function, reinterpret_cast<void*>(&Native<ExactMode>::function), \
   reinterpret_cast<void*>(&Native<SampledMode>::function), nullptr}
#define HEAPWISE_COMMON(name, function) \
  {name, reinterpret_cast<void*>(&function), reinterpret_cast<void*>(&function), nullptr}

Hook g_hooks[] = {
    HEAPWISE_NATIVE(malloc),
    HEAPWISE_NATIVE(free),
    HEAPWISE_NATIVE(calloc),
    HEAPWISE_NATIVE(realloc),
    HEAPWISE_NATIVE(reallocarray),
    HEAPWISE_NATIVE(posix_memalign),
    HEAPWISE_NATIVE(aligned_alloc),
    HEAPWISE_NATIVE(memalign),
    HEAPWISE_NATIVE(valloc),
    HEAPWISE_NATIVE(pvalloc),
    {"memcpy", reinterpret_cast<void*>(hook_memcpy), nullptr, nullptr},
    {"memmove", reinterpret_cast<void*>(hook_memmove), nullptr, nullptr},
    HEAPWISE_COMMON("mmap", hook_mmap),
    HEAPWISE_COMMON("mmap64", hook_mmap),
    HEAPWISE_COMMON("munmap", hook_munmap),
    HEAPWISE_COMMON("mremap", hook_mremap),
    HEAPWISE_COMMON("mprotect", hook_mprotect),
    HEAPWISE_COMMON("sbrk", hook_sbrk),
    HEAPWISE_COMMON("brk", hook_brk),
    HEAPWISE_COMMON("pthread_create", hook_pthread_create),
    HEAPWISE_COMMON("dlsym", hook_dlsym),
    HEAPWISE_COMMON("execve", hook_execve),
    HEAPWISE_COMMON("execv", hook_execv),
    HEAPWISE_COMMON("_exit", hook_exit),
    HEAPWISE_COMMON("_Exit", hook_exit),
};

// Guarded by g_patch_lock.
std::atomic<std::uint32_t> g_patch_lock{0};
Mode g_patched_mode = Mode::kOff;
PatchReport g_report;
std::atomic<unsigned long long> g_adds_seen{0};
unsigned long long g_subs_seen = 0;
constexpr std::size_t kMaxObjects = 4096;
const ElfW(Dyn) * g_patched_objects[kMaxObjects];
std::size_t g_patched_count = 0;

void* wanted_for(const Hook& hook, Mode mode) noexcept {
  if (mode == Mode::kExact) return hook.exact;
  return hook.sampled == nullptr ? hook.real : hook.sampled;
}

Hook* find_hook(const char* name) noexcept {
  // The first letters of all names in the table.
  if (std::strchr("mfcrpavdesb_", name[0]) == nullptr || name[0] == '\0') return nullptr;
  for (Hook& hook : g_hooks)
    if (std::strcmp(hook.name, name) == 0) return &hook;
  return nullptr;
}

#if defined(__x86_64__)
constexpr unsigned kSlotTypes[] = {R_X86_64_JUMP_SLOT, R_X86_64_GLOB_DAT, R_X86_64_64};
#elif defined(__aarch64__)
constexpr unsigned kSlotTypes[] = {R_AARCH64_JUMP_SLOT, R_AARCH64_GLOB_DAT, R_AARCH64_ABS64};
#else
#error "Heapwise knows the relocations of x86-64 and aarch64 only."
#endif

/// One loaded object, as its program headers and dynamic section describe it.
struct LoadedObject {
  ElfW(Addr) base = 0;
  const ElfW(Dyn) * dynamic = nullptr;
  const ElfW(Sym) * symbols = nullptr;
  const char* names = nullptr;
  const char* own_name = nullptr;
  const ElfW(Rela) * tables[2] = {};
  std::size_t tables_bytes[2] = {};
  std::uint32_t imports_count = 0;  ///< symbols before the hashed (defined) ones; 0 if not known
  ElfW(Addr) relro_start = 0;
  ElfW(Addr) relro_end = 0;
};

/// False for an object that has nothing to patch, or whose dynamic section was not relocated
/// (vDSO).
bool describe(const dl_phdr_info& info, LoadedObject& object) noexcept {
  object.base = info.dlpi_addr;
  for (int i = 0; i < info.dlpi_phnum; ++i) {
    const ElfW(Phdr) & header = info.dlpi_phdr[i];
    if (header.p_type == PT_DYNAMIC)
      object.dynamic = reinterpret_cast<const ElfW(Dyn)*>(object.base + header.p_vaddr);
    if (header.p_type == PT_GNU_RELRO) {
      object.relro_start = object.base + header.p_vaddr;
      object.relro_end = object.relro_start + header.p_memsz;
    }
  }
  if (object.dynamic == nullptr) return false;
  ElfW(Addr) own_name_offset = 0;
  for (const ElfW(Dyn)* entry = object.dynamic; entry->d_tag != DT_NULL; ++entry) {
    const ElfW(Addr) value = entry->d_un.d_ptr;
    switch (entry->d_tag) {
      case DT_SYMTAB: object.symbols = reinterpret_cast<const ElfW(Sym)*>(value); break;
      case DT_STRTAB: object.names = reinterpret_cast<const char*>(value); break;
      case DT_GNU_HASH:
        object.imports_count = reinterpret_cast<const std::uint32_t*>(value)[1];
        break;
      case DT_SONAME: own_name_offset = value; break;
      case DT_JMPREL: object.tables[0] = reinterpret_cast<const ElfW(Rela)*>(value); break;
      case DT_PLTRELSZ: object.tables_bytes[0] = value; break;
      case DT_RELA: object.tables[1] = reinterpret_cast<const ElfW(Rela)*>(value); break;
      case DT_RELASZ: object.tables_bytes[1] = value; break;
      default: break;
    }
  }
  const auto low = reinterpret_cast<ElfW(Addr)>(object.symbols);
  if (object.symbols == nullptr || object.names == nullptr || low <= object.base) return false;
  if (own_name_offset != 0) object.own_name = object.names + own_name_offset;
  return true;
}

/// Whether an object names another one among those it needs.
bool needs(const LoadedObject& object, const char* name) noexcept {
  for (const ElfW(Dyn)* entry = object.dynamic; entry->d_tag != DT_NULL; ++entry)
    if (entry->d_tag == DT_NEEDED && std::strcmp(object.names + entry->d_un.d_val, name) == 0)
      return true;
  return false;
}

void write_slot(const LoadedObject& object, void** slot, void* value) noexcept {
  const auto page = reinterpret_cast<std::uintptr_t>(slot) & ~(kPageBytes - 1);
  const auto place = reinterpret_cast<std::uintptr_t>(slot);
  const bool read_only = place >= object.relro_start && place < object.relro_end;
  auto* start = reinterpret_cast<void*>(page);
  if (read_only && ::mprotect(start, kPageBytes, PROT_READ | PROT_WRITE) != 0) return;
  __atomic_store_n(slot, value, __ATOMIC_RELEASE);
  if (read_only) ::mprotect(start, kPageBytes, PROT_READ);
  ++g_report.slots_count;
}

constexpr std::uint32_t kMostImports = 8192;
// For each imported symbol of the object at hand, its hook + 1. Guarded by g_patch_lock.
std::uint8_t g_wanted[kMostImports];

/// The hook of a symbol. Imports are looked up by number: names are compared once a symbol, not
/// once a relocation.
const Hook* hook_of(const LoadedObject& object, std::uint32_t symbol, bool by_number) noexcept {
  if (by_number) {
    if (symbol >= object.imports_count || g_wanted[symbol] == 0) return nullptr;
    return &g_hooks[g_wanted[symbol] - 1];
  }
  return find_hook(object.names + object.symbols[symbol].st_name);
}

void patch_object(const LoadedObject& object, Mode mode) noexcept {
  ++g_report.objects_count;
  // The C library refers to its own allocator by symbols that it defines.
  const bool is_libc =
      object.own_name != nullptr && std::strncmp(object.own_name, "libc.so", 7) == 0;
  const bool by_number =
      !is_libc && object.imports_count != 0 && object.imports_count <= kMostImports;
  for (std::uint32_t i = 0; by_number && i < object.imports_count; ++i) {
    const Hook* hook = find_hook(object.names + object.symbols[i].st_name);
    g_wanted[i] = hook == nullptr ? 0 : static_cast<std::uint8_t>(hook - g_hooks + 1);
  }
  for (int t = 0; t < 2; ++t) {
    const std::size_t count = object.tables_bytes[t] / sizeof(ElfW(Rela));
    for (std::size_t i = 0; object.tables[t] != nullptr && i < count; ++i) {
      const ElfW(Rela) & relocation = object.tables[t][i];
      const auto type = static_cast<unsigned>(ELF64_R_TYPE(relocation.r_info));
      if (type != kSlotTypes[0] && type != kSlotTypes[1] && type != kSlotTypes[2]) continue;
      if (type == kSlotTypes[2] && relocation.r_addend != 0) continue;
      const auto symbol = static_cast<std::uint32_t>(ELF64_R_SYM(relocation.r_info));
      const Hook* hook = hook_of(object, symbol, by_number);
      if (hook == nullptr) continue;
      auto** slot = reinterpret_cast<void**>(object.base + relocation.r_offset);
      void* wanted = wanted_for(*hook, mode);
      // An object that brings an allocator of its own keeps it.
      const bool imported = object.symbols[symbol].st_shndx == SHN_UNDEF;
      const bool ours = *slot == hook->real || *slot == hook->exact || *slot == hook->sampled;
      // What a mode does not hook is left as it was bound, perhaps to an older version's function.
      const bool hooked = hook->sampled != nullptr || mode == Mode::kExact || *slot == hook->exact;
      if ((imported || ours) && hooked && *slot != wanted) write_slot(object, slot, wanted);
    }
  }
}

bool is_ours(const dl_phdr_info& info) noexcept {
  const auto here = reinterpret_cast<ElfW(Addr)>(&g_hooks);
  for (int i = 0; i < info.dlpi_phnum; ++i) {
    const ElfW(Phdr) & header = info.dlpi_phdr[i];
    if (header.p_type != PT_LOAD) continue;
    const ElfW(Addr) start = info.dlpi_addr + header.p_vaddr;
    if (here >= start && here < start + header.p_memsz) return true;
  }
  return false;
}

bool is_known(const ElfW(Dyn) * dynamic) noexcept {
  for (std::size_t i = 0; i < g_patched_count; ++i)
    if (g_patched_objects[i] == dynamic) return true;
  return false;
}

/// Which objects a pass may touch. An object that another thread is just loading is in the list of
/// loaded objects before it is relocated: patched then, its slots would be overwritten, and its
/// pages made read-only under the loader's hands. So a pass takes all objects (nothing is being
/// loaded), or those that a handle proves to be loaded: the object itself and what it needs.
struct PatchPass {
  static constexpr std::size_t kMaxLoaded = 512;
  Mode mode = Mode::kExact;
  bool all = false;
  bool apply = false;
  bool grew = false;
  bool left_some = false;
  LoadedObject loaded[kMaxLoaded];
  std::size_t loaded_count = 0;
  const void* first_dynamic = nullptr;  ///< of the handle's object
};

bool may_touch(PatchPass& pass, const LoadedObject& object) noexcept {
  if (pass.all || object.dynamic == pass.first_dynamic) return true;
  for (std::size_t i = 0; i < pass.loaded_count; ++i)
    if (pass.loaded[i].dynamic == object.dynamic) return true;
  if (object.own_name == nullptr) return false;
  for (std::size_t i = 0; i < pass.loaded_count; ++i)
    if (needs(pass.loaded[i], object.own_name)) return true;
  return false;
}

int visit_object(dl_phdr_info* info, std::size_t, void* argument) noexcept {
  PatchPass& pass = *static_cast<PatchPass*>(argument);
  if (info->dlpi_subs != g_subs_seen) {  // something was unloaded: its place may be another's now
    g_subs_seen = info->dlpi_subs;
    g_patched_count = 0;
  }
  const char* name = info->dlpi_name == nullptr ? "" : info->dlpi_name;
  // The loader allocates while its own tables are in flux: it is left alone.
  if (std::strstr(name, "/ld-linux") != nullptr || std::strstr(name, "linux-vdso") != nullptr)
    return 0;
  LoadedObject object;
  if (is_ours(*info) || !describe(*info, object)) return 0;
  const bool known = is_known(object.dynamic);
  if (known && !pass.all) return 0;
  if (!may_touch(pass, object)) {
    pass.left_some = true;
    return 0;
  }
  if (!pass.apply) {
    bool listed = false;
    for (std::size_t i = 0; i < pass.loaded_count; ++i)
      listed = listed || pass.loaded[i].dynamic == object.dynamic;
    if (!listed && pass.loaded_count < PatchPass::kMaxLoaded) {
      pass.loaded[pass.loaded_count++] = object;
      pass.grew = true;
    }
    return 0;
  }
  if (!known && g_patched_count < kMaxObjects)
    g_patched_objects[g_patched_count++] = object.dynamic;
  patch_object(object, pass.mode);
  return 0;
}

int read_adds(dl_phdr_info* info, std::size_t, void* adds) noexcept {
  *static_cast<unsigned long long*>(adds) = info->dlpi_adds;
  return 1;
}

PatchPass g_pass;  // too large for somebody's stack

/// Patches everything (handle == nullptr), or the object of a handle and all that it needs.
void patch(Mode mode, void* handle) noexcept {
  while (g_patch_lock.exchange(1, std::memory_order_acquire) != 0) ::sched_yield();
  unsigned long long adds = 0;
  ::dl_iterate_phdr(read_adds, &adds);
  PatchPass& pass = g_pass;
  pass.mode = mode;
  pass.all = handle == nullptr;
  pass.apply = pass.left_some = false;
  pass.loaded_count = 0;
  // With glibc, a handle is the link map of its object.
  pass.first_dynamic = handle == nullptr ? nullptr : static_cast<const link_map*>(handle)->l_ld;
  do {
    pass.grew = false;
    if (!pass.all) ::dl_iterate_phdr(visit_object, &pass);
  } while (pass.grew);
  pass.apply = true;
  pass.left_some = false;
  ::dl_iterate_phdr(visit_object, &pass);
  if (!pass.left_some) g_adds_seen.store(adds, std::memory_order_relaxed);
  g_patched_mode = mode;
  g_patch_lock.store(0, std::memory_order_release);
}

// Who asks an object for a symbol is about to use it: the moment to patch it. The rest must be a
// tail call, because dlsym looks at its return address to resolve RTLD_NEXT.
void* hook_dlsym(void* handle, const char* name) {
  if (handle != RTLD_DEFAULT && handle != RTLD_NEXT && g_patched_mode != Mode::kOff) {
    unsigned long long adds = 0;
    ::dl_iterate_phdr(read_adds, &adds);
    if (adds != g_adds_seen.load(std::memory_order_relaxed)) patch(g_patched_mode, handle);
  }
  const Hook* hook = name == nullptr || handle == RTLD_NEXT ? nullptr : find_hook(name);
  if (hook == nullptr || hook->real == nullptr) return ::dlsym(handle, name);
  void* found = ::dlsym(handle, name);
  if (found != hook->real) return found;
  return wanted_for(*hook, g_patched_mode);
}

}  // namespace

void install_native_hooks(Mode mode) noexcept {
  for (Hook& hook : g_hooks)
    if (hook.real == nullptr) hook.real = ::dlsym(RTLD_DEFAULT, hook.name);
  if (g_patched_mode != mode) patch(mode, nullptr);
}

void reset_patch_lock_after_fork() noexcept { g_patch_lock.store(0); }

PatchReport patch_report() noexcept { return g_report; }

}  // namespace heapwise
