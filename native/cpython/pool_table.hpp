// The tables of pymalloc, as far as they tell which pools are empty.
//
// They are private, and nothing names them from outside. Their layout is the same in all supported
// versions (Objects/obmalloc.c of 3.11; Include/internal/pycore_obmalloc.h since 3.12, held to in
// layout_check.c), and what is found is checked before it is believed: blocks that are allocated
// now must lie in pools, and these in arenas, as the tables say.
//
// Guarded by the GIL: with it held pymalloc stands still. Of sub-interpreters that have a GIL of
// their own the tables are others, and are not looked at.
#pragma once

#include <cstdint>

namespace heapwise::cpython {

inline constexpr std::uintptr_t kPoolBytes = 16 * 1024;
inline constexpr std::uintptr_t kArenaBytes = 1024 * 1024;
inline constexpr std::uint32_t kPoolsInArena = kArenaBytes / kPoolBytes;
inline constexpr std::uint32_t kPoolHeaderBytes = 48;
/// The size class of a pool that was never used: pymalloc makes its header and its list anew.
inline constexpr std::uint32_t kNoSizeClass = 0xffff;

struct Pool {
  std::uint32_t used_count;
  std::uint32_t padding;
  void* free_block;
  Pool* next;
  Pool* previous;
  std::uint32_t arena_index;
  std::uint32_t size_class;
  std::uint32_t next_offset;
  std::uint32_t last_offset;
};
static_assert(sizeof(Pool) == kPoolHeaderBytes);

struct Arena {
  std::uintptr_t address;  ///< 0: this row stands for no arena
  std::uintptr_t untouched_pool;
  std::uint32_t free_count;  ///< pools that are empty, and pools that were never used
  std::uint32_t pools_count;
  Pool* free_pools;
  Arena* next;
  Arena* previous;
};
static_assert(sizeof(Arena) == 48);

inline std::uintptr_t first_pool(const Arena& arena) noexcept {
  return (arena.address + kPoolBytes - 1) & ~(kPoolBytes - 1);
}

struct PoolTable {
  const Arena* arenas = nullptr;
  Arena* usable = nullptr;      ///< the first arena with free pools; nullptr: there is none
  const char* fault = nullptr;  ///< why the tables were not found
};

/// Finds the tables. With the GIL of the main interpreter held; some milliseconds.
PoolTable find_pool_table() noexcept;

/// Whether an arena of the list, and its list of empty pools, are as they must be.
bool is_in_order(const PoolTable& table, const Arena& arena) noexcept;

}  // namespace heapwise::cpython
