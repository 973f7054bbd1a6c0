#include "cpython/pool_table.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <link.h>
#include <unistd.h>

#include "cpython/layout.hpp"

namespace heapwise::cpython {

namespace {

constexpr std::uintptr_t kLowest = 0x10000;
constexpr std::uintptr_t kHighest = std::uintptr_t{1} << 47;
constexpr std::uint64_t kMostArenas = 1 << 24;
constexpr unsigned kMostSpans = 16;
constexpr unsigned kProbesCount = 32;  // one a size class
constexpr std::size_t kAlignmentBytes = 16;

struct Span {
  std::uintptr_t begin;
  std::uintptr_t end;
};

/// The interpreter's own static variables.
struct Image {
  const void* symbol = nullptr;
  Span spans[kMostSpans];
  unsigned count = 0;
};

int take_image(dl_phdr_info* info, std::size_t, void* context) noexcept {
  auto& image = *static_cast<Image*>(context);
  const auto wanted = reinterpret_cast<std::uintptr_t>(image.symbol);
  bool ours = false;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& header = info->dlpi_phdr[i];
    const std::uintptr_t begin = info->dlpi_addr + header.p_vaddr;
    if (header.p_type == PT_LOAD && wanted >= begin && wanted < begin + header.p_memsz) ours = true;
  }
  if (!ours) return 0;
  for (int i = 0; i < info->dlpi_phnum && image.count < kMostSpans; ++i) {
    const auto& header = info->dlpi_phdr[i];
    if (header.p_type != PT_LOAD || (header.p_flags & PF_W) == 0) continue;
    const std::uintptr_t begin = info->dlpi_addr + header.p_vaddr;
    image.spans[image.count++] = Span{(begin + 7) & ~std::uintptr_t{7}, begin + header.p_memsz};
  }
  return 1;
}

/// Memory of this process that may not be there: the kernel reads it, and nothing crashes.
class OwnMemory {
 public:
  OwnMemory() noexcept : file_(::open("/proc/self/mem", O_RDONLY | O_CLOEXEC)) {}
  ~OwnMemory() {
    if (file_ >= 0) ::close(file_);
  }
  OwnMemory(const OwnMemory&) = delete;
  OwnMemory& operator=(const OwnMemory&) = delete;

  [[nodiscard]] bool is_open() const noexcept { return file_ >= 0; }
  bool read(std::uintptr_t address, Arena& into) const noexcept {
    return ::pread(file_, &into, sizeof into, static_cast<off_t>(address)) == sizeof into;
  }

 private:
  int file_;
};

/// Blocks of all size classes, which are there while the table is looked for.
class Probes {
 public:
  Probes() noexcept {
    for (unsigned i = 0; i < kProbesCount; ++i)
      blocks_[i] = PyObject_Malloc((i + 1) * kAlignmentBytes);
  }
  ~Probes() {
    for (void* block : blocks_) PyObject_Free(block);
  }
  Probes(const Probes&) = delete;
  Probes& operator=(const Probes&) = delete;

  [[nodiscard]] const Pool* pool(unsigned i) const noexcept {
    return reinterpret_cast<const Pool*>(address(i) & ~(kPoolBytes - 1));
  }
  /// Whether the blocks lie in pools of their size class.
  [[nodiscard]] bool have_pools() const noexcept {
    for (unsigned i = 0; i < kProbesCount; ++i) {
      if (blocks_[i] == nullptr) return false;
      const std::uint32_t size = (i + 1) * kAlignmentBytes;
      const std::uintptr_t offset = address(i) & (kPoolBytes - 1);
      // The page of a block is there, but the pool's header may be another's: only read after the
      // block is known to be pymalloc's own, by its offset.
      if (offset < kPoolHeaderBytes || (offset - kPoolHeaderBytes) % size != 0) return false;
      const Pool& header = *pool(i);
      if (header.size_class != i || header.used_count == 0 ||
          header.used_count > (kPoolBytes - kPoolHeaderBytes) / size ||
          header.last_offset != kPoolBytes - size || header.arena_index >= kMostArenas)
        return false;
    }
    return true;
  }

 private:
  [[nodiscard]] std::uintptr_t address(unsigned i) const noexcept {
    return reinterpret_cast<std::uintptr_t>(blocks_[i]);
  }
  void* blocks_[kProbesCount];
};

/// Whether a row can be an arena.
bool is_plausible(const Arena& arena) noexcept {
  if (arena.address < kLowest || arena.address >= kHighest || arena.address % 4096 != 0)
    return false;
  const std::uintptr_t first = first_pool(arena);
  const std::uint32_t whole = first == arena.address ? kPoolsInArena : kPoolsInArena - 1;
  return arena.pools_count == whole && arena.free_count <= whole &&
         arena.untouched_pool % kPoolBytes == 0 && arena.untouched_pool >= first &&
         arena.untouched_pool <= first + whole * kPoolBytes;
}

bool holds(const Arena& arena, const Pool* pool) noexcept {
  const auto at = reinterpret_cast<std::uintptr_t>(pool);
  return is_plausible(arena) && at >= first_pool(arena) && at < arena.untouched_pool;
}

bool is_table(const OwnMemory& memory, std::uintptr_t table, const Probes& probes) noexcept {
  for (unsigned i = 0; i < kProbesCount; ++i) {
    Arena arena;
    const Pool* pool = probes.pool(i);
    if (!memory.read(table + pool->arena_index * sizeof(Arena), arena) || !holds(arena, pool))
      return false;
  }
  return true;
}

/// Calls `look` with each word of the interpreter's variables that may be an address of the heap.
template <class Look>
void for_each_word(const Image& image, Look look) noexcept {
  for (unsigned i = 0; i < image.count; ++i) {
    const Span& span = image.spans[i];
    for (std::uintptr_t at = span.begin; at + 8 <= span.end; at += 8) {
      const std::uintptr_t word = *reinterpret_cast<const volatile std::uintptr_t*>(at);
      if (word < kLowest || word >= kHighest || word % 16 != 0) continue;
      bool inside = false;
      for (unsigned j = 0; j < image.count; ++j)
        inside = inside || (word >= image.spans[j].begin && word < image.spans[j].end);
      if (!inside) look(word);
    }
  }
}

}  // namespace

namespace {

/// Where the table of arenas begins; 0 and a reason when it is not found.
std::uintptr_t find_arenas(const Image& image, const OwnMemory& memory,
                           const char*& fault) noexcept {
  const Probes probes;
  if (!probes.have_pools()) {
    fault = "blocks do not lie in pools as this version has them";
    return 0;
  }
  std::uintptr_t arenas = 0;
  unsigned found_count = 0;
  for_each_word(image, [&](std::uintptr_t word) {
    if (word != arenas && is_table(memory, word, probes)) {
      arenas = word;
      ++found_count;
    }
  });
  if (found_count == 1) return arenas;
  fault = "the table of arenas was not found";
  return 0;
}

}  // namespace

PoolTable find_pool_table() noexcept {
  PoolTable table;
  Image image;
  image.symbol = ::dlsym(RTLD_DEFAULT, "PyObject_Malloc");
  ::dl_iterate_phdr(take_image, &image);
  const OwnMemory memory;
  if (image.count == 0 || !memory.is_open()) {
    table.fault = "the interpreter's variables cannot be read";
    return table;
  }
  const std::uintptr_t arenas = find_arenas(image, memory, table.fault);
  if (arenas == 0) return table;
  // Now that the probes are gone, by which a pool may have become empty, the list stands still. Its
  // head is the one arena with free pools and none before it.
  std::uintptr_t head = 0;
  unsigned heads_count = 0;
  for_each_word(image, [&](std::uintptr_t word) {
    Arena arena;
    if (word == head || word < arenas || (word - arenas) % sizeof(Arena) != 0 ||
        (word - arenas) / sizeof(Arena) >= kMostArenas || !memory.read(word, arena) ||
        !is_plausible(arena) || arena.free_count == 0 || arena.previous != nullptr)
      return;
    head = word;
    ++heads_count;
  });
  if (heads_count > 1) {
    table.fault = "the list of arenas was not found";
    return table;
  }
  table.arenas = reinterpret_cast<const Arena*>(arenas);
  table.usable = reinterpret_cast<Arena*>(head);
  return table;
}

bool is_in_order(const PoolTable& table, const Arena& arena) noexcept {
  if (!is_plausible(arena)) return false;
  const auto index = static_cast<std::uint64_t>(&arena - table.arenas);
  const std::uintptr_t first = first_pool(arena);
  const std::uintptr_t end = first + arena.pools_count * kPoolBytes;
  std::uint32_t listed_count = 0;
  for (const Pool* pool = arena.free_pools; pool != nullptr; pool = pool->next) {
    const auto at = reinterpret_cast<std::uintptr_t>(pool);
    if (at % kPoolBytes != 0 || at < first || at >= arena.untouched_pool ||
        ++listed_count > arena.free_count || pool->used_count != 0 || pool->arena_index != index)
      return false;
  }
  return listed_count + (end - arena.untouched_pool) / kPoolBytes == arena.free_count;
}

}  // namespace heapwise::cpython
