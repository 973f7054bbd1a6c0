// An empty pool keeps its size class, and with it a list of free blocks that runs through all its
// pages. Marked as one that was never used, it has no list: pymalloc writes its header and its
// first two blocks anew when it takes the pool (allocate_from_new_pool in Objects/obmalloc.c), and
// what the pages held is not read again. The header stays: its link in the list of empty pools and
// the number of its arena are needed.
#include "cpython/pool_trim.hpp"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <initializer_list>

#include "capture/hooks.hpp"
#include "capture/session.hpp"
#include "cpython/layout.hpp"
#include "cpython/pool_table.hpp"
#include "cpython/pymem_hooks.hpp"

extern "C" const int heapwise_pools_are_known;

namespace heapwise::cpython {

namespace {

constexpr std::uint64_t kMostListed = 1 << 24;
constexpr unsigned kTestBytes = 512;
constexpr unsigned kTestBlocks = 31 * 6;  // six pools, four of them at least wholly ours

const char* environment_fault() noexcept {
#if !(PY_VERSION_HEX >= 0x030B0000 && PY_VERSION_HEX < 0x030F0000)
  return "this version's pools are not known";
#endif
  if (heapwise_pools_are_known == 0) return "this build's pools are not known";
  if (Py_Version >> 16 != PY_VERSION_HEX >> 16) return "another version was compiled for";
  if (std::strcmp(allocator_name(), "pymalloc") != 0)
    return "small objects are not pymalloc's: another allocator, or a debugging or tracing tool";
  if (::sysconf(_SC_PAGESIZE) >= static_cast<long>(kPoolBytes))
    return "a page is as large as a pool";
  if (PyInterpreterState_Get() != PyInterpreterState_Main()) return "this is a subinterpreter";
  return nullptr;
}

bool drop(Pool* pool, PoolTrim& done) noexcept {
  const auto page_bytes = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const std::uint32_t size_class = pool->size_class;
  pool->size_class = kNoSizeClass;  // first: from here on nobody reads what is dropped
  auto* const rest = reinterpret_cast<char*>(pool) + page_bytes;
  if (::madvise(rest, kPoolBytes - page_bytes, MADV_DONTNEED) != 0) {
    pool->size_class = size_class;
    return false;
  }
  ++done.pools_count;
  done.bytes += kPoolBytes - page_bytes;
  return true;
}

/// Drops the empty pools that `wanted` names, arena by arena; each is checked before it is touched.
template <class Wanted>
PoolTrim drop_pools(std::uint64_t most_count, Wanted wanted) noexcept {
  PoolTrim done;
  const PoolTable table = find_pool_table();
  done.refusal = table.fault;
  const Arena* before = nullptr;
  std::uint64_t listed_count = 0;
  for (Arena* arena = table.usable; arena != nullptr && done.refusal == nullptr;
       before = arena, arena = arena->next) {
    const auto offset =
        reinterpret_cast<std::uintptr_t>(arena) - reinterpret_cast<std::uintptr_t>(table.arenas);
    const bool follows = arena >= table.arenas && offset % sizeof(Arena) == 0 &&
                         arena->previous == before && arena->free_count != 0 &&
                         (before == nullptr || before->free_count <= arena->free_count);
    if (!follows || ++listed_count > kMostListed || !is_in_order(table, *arena)) {
      done.refusal = "the list of arenas is not as this version has it";
      break;
    }
    for (Pool* pool = arena->free_pools; pool != nullptr; pool = pool->next) {
      if (pool->size_class == kNoSizeClass || !wanted(pool)) continue;
      if (done.pools_count == most_count) {
        done.more = true;
        return done;
      }
      if (!drop(pool, done)) {
        done.refusal = errno == EINVAL ? "the program's memory is locked" : "madvise failed";
        return done;
      }
    }
  }
  return done;
}

/// Blocks that are allocated, filled, freed; by which pools become empty and are taken again.
class TestBlocks {
 public:
  TestBlocks() = default;
  ~TestBlocks() { release(); }
  TestBlocks(const TestBlocks&) = delete;
  TestBlocks& operator=(const TestBlocks&) = delete;

  bool take(unsigned size_bytes) noexcept {
    size_bytes_ = size_bytes;
    for (count_ = 0; count_ < kTestBlocks; ++count_) {
      blocks_[count_] = static_cast<unsigned char*>(PyObject_Malloc(size_bytes));
      if (blocks_[count_] == nullptr) return false;
      std::memset(blocks_[count_], pattern(count_), size_bytes);
    }
    return true;
  }
  /// Whether all hold what was written, and lie in pools in order.
  [[nodiscard]] bool are_whole() const noexcept {
    for (unsigned i = 0; i < count_; ++i) {
      const auto address = reinterpret_cast<std::uintptr_t>(blocks_[i]);
      const auto* pool = reinterpret_cast<const Pool*>(address & ~(kPoolBytes - 1));
      if (pool->size_class != size_bytes_ / 16 - 1 || pool->used_count == 0) return false;
      for (unsigned at = 0; at < size_bytes_; ++at)
        if (blocks_[i][at] != pattern(i)) return false;
    }
    return true;
  }
  void release() noexcept {
    while (count_ > 0) PyObject_Free(blocks_[--count_]);
  }
  /// The pools of which all blocks are ours.
  unsigned own_pools(const Pool* (&pools)[kTestBlocks]) const noexcept {
    unsigned found = 0;
    for (unsigned i = 0; i < count_; ++i) {
      const auto* pool = pool_of(i);
      unsigned ours = 0;
      for (unsigned j = 0; j < count_; ++j) ours += pool_of(j) == pool ? 1 : 0;
      bool known = ours != pool->used_count;
      for (unsigned j = 0; j < found; ++j) known = known || pools[j] == pool;
      if (!known) pools[found++] = pool;
    }
    return found;
  }

 private:
  static unsigned char pattern(unsigned i) noexcept {
    return static_cast<unsigned char>(i * 37 + 11);
  }
  [[nodiscard]] const Pool* pool_of(unsigned i) const noexcept {
    return reinterpret_cast<const Pool*>(reinterpret_cast<std::uintptr_t>(blocks_[i]) &
                                         ~(kPoolBytes - 1));
  }

  unsigned char* blocks_[kTestBlocks] = {};
  unsigned count_ = 0;
  unsigned size_bytes_ = 0;
};

/// Empties pools of its own, drops their pages, takes them again for the same and for another size.
const char* self_test() noexcept {
  TestBlocks blocks;
  const Pool* pools[kTestBlocks] = {};
  for (const unsigned size_bytes : {kTestBytes, 48U}) {
    if (!blocks.take(kTestBytes)) return "there is no memory for the self-test";
    const unsigned pools_count = blocks.own_pools(pools);
    if (pools_count == 0) return "the self-test found no pool of its own";
    blocks.release();
    const auto is_ours = [&](const Pool* pool) noexcept {
      for (unsigned i = 0; i < pools_count; ++i)
        if (pools[i] == pool) return true;
      return false;
    };
    const PoolTrim done = drop_pools(kTestBlocks, is_ours);
    if (done.refusal != nullptr) return done.refusal;
    // An arena that became empty as a whole is gone, with all its pools.
    if (!blocks.take(size_bytes)) return "there is no memory for the self-test";
    if (!blocks.are_whole()) return "the self-test failed: a pool was not made anew";
    blocks.release();
    const PoolTable table = find_pool_table();
    if (table.fault != nullptr) return table.fault;
  }
  return nullptr;
}

}  // namespace

PoolTrim trim_pools(std::uint64_t most_count) noexcept {
  static bool g_tested = false;               // guarded by the GIL
  static const char* g_test_fault = nullptr;  // guarded by the GIL
  GuardScope guard(current_thread());
  PoolTrim done;
  done.refusal = environment_fault();
  if (done.refusal != nullptr) return done;
  if (!g_tested) {
    g_tested = true;
    g_test_fault = self_test();
  }
  done.refusal = g_test_fault;
  return done.refusal != nullptr
             ? done
             : drop_pools(most_count, [](const Pool*) noexcept { return true; });
}

}  // namespace heapwise::cpython
