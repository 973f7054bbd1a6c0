// Hot path: no Python, no malloc, no exceptions.
// The ledger of live blocks: address -> (site, size), with no header in user blocks.
//
// Each 4 KiB page of the program's address space that holds live blocks has a small table with one
// 8-byte entry a slot. A slot covers 4096 >> k bytes of the page, k chosen by the sizes of the
// blocks met there, so that at most one block *starts* in it: an address finds its entry by two
// shifts, and a page of 512-byte blocks pays 64 bytes, not the 2 KiB of a flat shadow. When a
// second block starts in an occupied slot, the table of that page doubles.
//
// The sizes of blocks of 32 KiB and more stand in a hash map beside.
//
// Snapshots of the heap divide the life of a process into periods. An entry says in ten bits in
// which of the last 1023 its block was born, or that it is older: so a snapshot can tell what is
// new since an earlier one from what took the address of something dead.
//
// Invariant: an entry is non-zero exactly while its block is live (site ids begin at 1).
// The caller holds the recorder's lock.
#pragma once

#include <cstdint>

#include "base/index_map.hpp"
#include "base/pages.hpp"
#include "model/kinds.hpp"
#include "model/stacks.hpp"

namespace heapwise {

/// A live block as the ledger knows it.
struct Block {
  std::uint64_t size_bytes = 0;
  SiteId site = 0;
  Kind kind = Kind::kPymalloc;
  bool holds_code = false;    ///< a code object lives here: forget its id when the block dies
  std::uint16_t birth = 0;    ///< as the ledger keeps it; Ledger::birth_period reads it
  std::uint32_t born_ms = 0;  ///< of one that may be a reserve, as below
  /// The recorder's epoch when it was made, of a large block that may be a reserve, whose pages are
  /// looked at when it goes; 0 for all others.
  std::uint64_t born_epoch = 0;

  bool operator==(const Block&) const = default;
};

class Ledger {
 public:
  static constexpr std::uint64_t kLargeBlockBytes = 32768;

  /// Adds a block. If one is recorded at that address (its death was missed), it is returned in
  /// `replaced`. False when there is no memory for the entry.
  bool insert(std::uintptr_t address, const Block& block, Block* replaced) noexcept {
    std::uint64_t* page = page_slot(address);
    if (page == nullptr) return false;
    const std::uint64_t entry = encode(address, block) | birth_bits_;
    if (*page == 0) {
      *page = new_table(first_shift(block));
      if (*page == 0) return false;
    }
    for (;;) {
      std::uint64_t& slot = table_of(*page)[slot_index(*page, address)];
      if (slot == 0) [[likely]] {
        slot = entry;
        ++live_count_;
        break;
      }
      if (granule_of(slot) == granule(address)) {
        take(address, slot, replaced);
        slot = entry;
        break;
      }
      if (!split(page)) return false;
    }
    return (entry & kLargeBit) == 0 || large_.insert(AddressKey{address}, block);
  }

  /// The common case of `insert`: a block of less than kLargeBlockBytes, in a free slot of a page
  /// that has a table. False in any other case, and nothing has changed.
  bool insert_quickly(std::uintptr_t address, std::uint64_t size, SiteId site, Kind kind) noexcept {
    std::uint64_t* slot = slot_of_known_page(address);
    if (slot == nullptr || *slot != 0 || size >= kLargeBlockBytes) [[unlikely]]
      return false;
    *slot = site | (size << 32) | (std::uint64_t{granule(address)} << 47) |
            (static_cast<std::uint64_t>(kind) << 56) | kPresentBit | birth_bits_;
    ++live_count_;
    return true;
  }

  /// The common case of `erase`: a block of less than kLargeBlockBytes that holds no code. False
  /// in any other case, and nothing has changed.
  bool erase_quickly(std::uintptr_t address, Block* block) noexcept {
    std::uint64_t* slot = slot_of_known_page(address);
    if (slot == nullptr) [[unlikely]]
      return false;
    const std::uint64_t entry = *slot;
    // Present, of this granule, and neither large nor code: all in one comparison.
    constexpr std::uint64_t kLooked =
        kPresentBit | kLargeBit | kCodeBit | (std::uint64_t{kGranuleMask} << 47);
    if ((entry & kLooked) != (kPresentBit | (std::uint64_t{granule(address)} << 47))) [[unlikely]]
      return false;
    *slot = 0;
    --live_count_;
    *block = decode(entry);
    return true;
  }

  /// Removes the block at an address; false when none is recorded there.
  bool erase(std::uintptr_t address, Block* block) noexcept {
    std::uint64_t* slot = find_slot(address);
    if (slot == nullptr) return false;
    take(address, *slot, block);
    *slot = 0;
    --live_count_;
    return true;
  }

  bool find(std::uintptr_t address, Block* block) noexcept {
    const std::uint64_t* slot = find_slot(address);
    if (slot == nullptr) return false;
    if ((*slot & kLargeBit) == 0) {
      *block = decode(*slot);
      return true;
    }
    const Block* found = large_.find(AddressKey{address});
    if (found == nullptr) return false;
    *block = *found;
    block->birth = birth_of(*slot);
    return true;
  }

  /// Remembers that a code object lives at an address, recorded or not.
  bool mark_code(std::uintptr_t address) noexcept {
    std::uint64_t* slot = find_slot(address);
    if (slot == nullptr) {
      Block replaced;
      return insert(address, Block{0, 0, Kind::kPymalloc, true}, &replaced);
    }
    *slot |= kCodeBit;
    if ((*slot & kLargeBit) != 0)
      if (Block* found = large_.find(AddressKey{address})) found->holds_code = true;
    return true;
  }

  /// Says of a large block that what it does not touch is no reserve.
  void mark_no_reserve(std::uintptr_t address) noexcept {
    if (Block* found = large_.find(AddressKey{address})) found->born_epoch = 0;
  }

  template <class Visit>
  void for_each(Visit&& visit) noexcept {
    for_each_entry([&](std::uint64_t page_address, const std::uint64_t& entry) {
      if ((entry & kLargeBit) != 0) return;
      visit(page_address | (std::uint64_t{granule_of(entry)} << kGranuleBits), decode(entry));
    });
    large_.for_each([&](const AddressKey& key, const Block& block) { visit(key.address, block); });
  }

  /// How many periods have ended.
  [[nodiscard]] std::uint32_t periods_count() const noexcept { return periods_count_; }

  /// Ends a period: blocks that are born from now on belong to the next one.
  void end_period() noexcept {
    ++periods_count_;
    const std::uint64_t next = std::uint64_t{periods_count_ % kOlder} << kBirthShift;
    if (periods_count_ >= kOlder)  // its mark has been used before
      for_each_entry([&](std::uint64_t, std::uint64_t& entry) {
        if ((entry & kBirthMask) == next) entry |= kBirthMask;
      });
    birth_bits_ = next;
  }

  /// In which period a block was born: 0 is the first. Of the oldest that is told apart, or
  /// earlier, are those that were born then or before.
  [[nodiscard]] std::uint32_t birth_period(const Block& block) const noexcept {
    const std::uint32_t back =
        block.birth == kOlder ? kOlder : (periods_count_ - block.birth) % kOlder;
    return periods_count_ < back ? 0 : periods_count_ - back;
  }

  [[nodiscard]] std::uint64_t live_count() const noexcept { return live_count_; }
  [[nodiscard]] std::uint64_t used_bytes() const noexcept { return used_bytes_; }

  /// Forgets every block and gives the memory back.
  void clear() noexcept {
    if (regions_ != nullptr)
      for (std::uint64_t r = 0; r < kRegionsCount; ++r)
        if (regions_[r] != nullptr) unmap_pages(regions_[r], kPagesPerRegion * 8);
    unmap_pages(regions_, regions_ == nullptr ? 0 : kRegionsCount * 8);
    regions_ = nullptr;
    while (slabs_ != nullptr) {
      Slab* next = slabs_->next;
      unmap_pages(slabs_, kSlabBytes);
      slabs_ = next;
    }
    for (std::uint64_t*& list : free_tables_) list = nullptr;
    slab_used_bytes_ = kSlabBytes;
    used_bytes_ = live_count_ = 0;
    periods_count_ = 0;
    birth_bits_ = 0;
    large_.release();
  }

 private:
  // The directory: 1 GiB regions of 2^18 pages, over 48 bits of address.
  static constexpr unsigned kPageBits = 12;
  static constexpr unsigned kRegionBits = 30;
  static constexpr std::uint64_t kRegionsCount = 1ULL << (48 - kRegionBits);
  static constexpr std::uint64_t kPagesPerRegion = 1ULL << (kRegionBits - kPageBits);
  static constexpr std::uint64_t kSlabBytes = 1 << 20;

  // Blocks start on 8-byte boundaries (jemalloc's smallest class); 16 is the rule.
  static constexpr unsigned kGranuleBits = 3;
  static constexpr unsigned kDeepestShift = kPageBits - kGranuleBits;
  static constexpr std::uint32_t kGranuleMask = (1U << kDeepestShift) - 1;

  // An entry: site 22 | birth 10 | size 15 | granule 9 | kind 3 | code 1 | present 1 | large 1.
  static constexpr std::uint64_t kSiteMask = (1ULL << 22) - 1;
  static_assert(StackTables::kMostSites - 1 <= kSiteMask);
  static constexpr std::uint64_t kCodeBit = 1ULL << 59;
  static constexpr std::uint64_t kPresentBit = 1ULL << 60;
  static constexpr std::uint64_t kLargeBit = 1ULL << 61;
  // Births: the number of the period modulo 1023, or 1023 for what is older.
  static constexpr unsigned kBirthShift = 22;
  static constexpr std::uint32_t kOlder = 1023;
  static constexpr std::uint64_t kBirthMask = std::uint64_t{kOlder} << kBirthShift;

  struct Slab {
    Slab* next;
    std::uint64_t padding[7];
  };

  static std::uint32_t granule(std::uintptr_t address) noexcept {
    return (address >> kGranuleBits) & kGranuleMask;
  }
  static std::uint32_t granule_of(std::uint64_t entry) noexcept {
    return (entry >> 47) & kGranuleMask;
  }

  static std::uint64_t encode(std::uintptr_t address, const Block& block) noexcept {
    const bool large = block.size_bytes >= kLargeBlockBytes;
    return block.site | (large ? kLargeBit : block.size_bytes << 32) |
           (std::uint64_t{granule(address)} << 47) |
           (static_cast<std::uint64_t>(block.kind) << 56) | (block.holds_code ? kCodeBit : 0) |
           kPresentBit;
  }
  static Block decode(std::uint64_t entry) noexcept {
    return Block{(entry >> 32) & (kLargeBlockBytes - 1), static_cast<SiteId>(entry & kSiteMask),
                 static_cast<Kind>((entry >> 56) & 7), (entry & kCodeBit) != 0, birth_of(entry)};
  }
  static std::uint16_t birth_of(std::uint64_t entry) noexcept {
    return static_cast<std::uint16_t>((entry & kBirthMask) >> kBirthShift);
  }

  template <class Visit>
  void for_each_entry(Visit&& visit) noexcept {
    for (std::uint64_t r = 0; regions_ != nullptr && r < kRegionsCount; ++r) {
      if (regions_[r] == nullptr) continue;
      for (std::uint64_t p = 0; p < kPagesPerRegion; ++p) {
        const std::uint64_t page = regions_[r][p];
        if (page == 0) continue;
        for (std::uint64_t s = 0; s < (1ULL << shift_of(page)); ++s)
          if (std::uint64_t& entry = table_of(page)[s]; entry != 0)
            visit((r << kRegionBits) | (p << kPageBits), entry);
      }
    }
  }

  // A page word: the table's address (48 bits) and its shift k in the top byte.
  static std::uint64_t* table_of(std::uint64_t page) noexcept {
    return reinterpret_cast<std::uint64_t*>(page & 0x0000ffffffffffffULL);
  }
  static unsigned shift_of(std::uint64_t page) noexcept { return page >> 56; }
  static std::uint64_t slot_index(std::uint64_t page, std::uintptr_t address) noexcept {
    return granule(address) >> (kDeepestShift - shift_of(page));
  }

  static unsigned first_shift(const Block& block) noexcept {
    // Blocks of one page are mostly of one size, and 16 bytes apart at the least. A code object
    // that was there before the recording has size 0: its page is not worth a fine table.
    const std::uint64_t spacing_bytes =
        block.size_bytes == 0 ? 512 : (block.size_bytes + 15) & ~15ULL;
    unsigned shift = 0;
    while (shift < kDeepestShift && (std::uint64_t{kPageBytes} >> shift) > spacing_bytes) ++shift;
    return shift;
  }

  /// Reads the block of an entry that is about to go.
  void take(std::uintptr_t address, std::uint64_t entry, Block* block) noexcept {
    *block = decode(entry);
    if ((entry & kLargeBit) != 0) [[unlikely]] {
      take_large(address, block);
      block->birth = birth_of(entry);
    }
  }
  [[gnu::noinline]] void take_large(std::uintptr_t address, Block* block) noexcept {
    large_.erase(AddressKey{address}, block);
  }

  /// The word of a page, its region made if need be; nullptr when there is no memory.
  std::uint64_t* page_slot(std::uintptr_t address) noexcept {
    const std::uint64_t region = address >> kRegionBits;
    if (region >= kRegionsCount) return nullptr;
    if (regions_ == nullptr) [[unlikely]] {
      regions_ = static_cast<std::uint64_t**>(map_pages(kRegionsCount * 8));
      if (regions_ == nullptr) return nullptr;
    }
    std::uint64_t*& pages = regions_[region];
    if (pages == nullptr) [[unlikely]] {
      pages = static_cast<std::uint64_t*>(map_pages(kPagesPerRegion * 8));
      if (pages == nullptr) return nullptr;
    }
    return &pages[(address >> kPageBits) & (kPagesPerRegion - 1)];
  }

  /// The slot of an address, whatever stands in it; nullptr where its page has no table.
  std::uint64_t* slot_of_known_page(std::uintptr_t address) noexcept {
    const std::uint64_t region = address >> kRegionBits;
    if (regions_ == nullptr || region >= kRegionsCount) [[unlikely]]
      return nullptr;
    const std::uint64_t* pages = regions_[region];
    if (pages == nullptr) [[unlikely]]
      return nullptr;
    const std::uint64_t page = pages[(address >> kPageBits) & (kPagesPerRegion - 1)];
    if (page == 0) [[unlikely]]
      return nullptr;
    return &table_of(page)[slot_index(page, address)];
  }

  std::uint64_t* find_slot(std::uintptr_t address) noexcept {
    std::uint64_t* slot = slot_of_known_page(address);
    if (slot == nullptr || *slot == 0 || granule_of(*slot) != granule(address)) return nullptr;
    return slot;
  }

  [[gnu::noinline]] std::uint64_t new_table(unsigned shift) noexcept {
    const std::uint64_t bytes = 8ULL << shift;
    std::uint64_t* table = free_tables_[shift];
    if (table != nullptr) {
      free_tables_[shift] = reinterpret_cast<std::uint64_t*>(*table);
      *table = 0;
    } else {
      if (slab_used_bytes_ + bytes > kSlabBytes) {
        auto* slab = static_cast<Slab*>(map_pages(kSlabBytes));
        if (slab == nullptr) return 0;
        slab->next = slabs_;
        slabs_ = slab;
        slab_used_bytes_ = sizeof(Slab);
      }
      table = reinterpret_cast<std::uint64_t*>(reinterpret_cast<char*>(slabs_) + slab_used_bytes_);
      slab_used_bytes_ += bytes;
    }
    used_bytes_ += bytes;
    return reinterpret_cast<std::uint64_t>(table) | (std::uint64_t{shift} << 56);
  }

  /// Doubles the table of a page. Entries stay one a slot, since slots only get finer.
  [[gnu::noinline]] bool split(std::uint64_t* page) noexcept {
    const unsigned shift = shift_of(*page);
    if (shift >= kDeepestShift) return false;
    const std::uint64_t grown = new_table(shift + 1);
    if (grown == 0) return false;
    std::uint64_t* old = table_of(*page);
    for (std::uint64_t s = 0; s < (1ULL << shift); ++s)
      if (old[s] != 0) table_of(grown)[granule_of(old[s]) >> (kDeepestShift - 1 - shift)] = old[s];
    for (std::uint64_t s = 1; s < (1ULL << shift); ++s) old[s] = 0;
    *old = reinterpret_cast<std::uint64_t>(free_tables_[shift]);
    free_tables_[shift] = old;
    used_bytes_ -= 8ULL << shift;
    *page = grown;
    return true;
  }

  std::uint64_t** regions_ = nullptr;
  Slab* slabs_ = nullptr;
  std::uint64_t slab_used_bytes_ = kSlabBytes;
  std::uint64_t* free_tables_[kDeepestShift + 1] = {};
  std::uint64_t used_bytes_ = 0;
  std::uint64_t live_count_ = 0;
  std::uint64_t birth_bits_ = 0;  ///< of blocks that are born now
  std::uint32_t periods_count_ = 0;
  IndexMap<AddressKey, Block> large_;
};

}  // namespace heapwise
