// Hot path: no Python, no malloc, no exceptions.
// Open-addressing maps from small fixed keys to row numbers.
//
// Invariant: capacity is a power of two and at most 5/8 full; value 0 means "empty slot", so row 0
// of every table is a sentinel. The caller holds the recorder's lock.
#pragma once

#include <cstdint>
#include <utility>

#include "base/hash.hpp"
#include "base/pages.hpp"

namespace heapwise {

/// Three words that name a node or a site: its parent node, its code object, its position.
struct TripleKey {
  std::uint32_t parent;
  std::uint32_t code;
  std::uint32_t position;

  [[nodiscard]] std::uint64_t hash() const noexcept {
    return mix_fast(((std::uint64_t{parent} << 32) | position) ^
                    (std::uint64_t{code} * 0xc2b2ae3d27d4eb4fULL));
  }
  bool operator==(const TripleKey&) const = default;
};

/// An address (a code object, a native frame, a large block).
struct AddressKey {
  std::uint64_t address;

  [[nodiscard]] std::uint64_t hash() const noexcept { return mix_fast(address >> 4); }
  bool operator==(const AddressKey&) const = default;
};

/// The number of a row, or 32 bits of a hash.
struct RowKey {
  std::uint32_t row;

  [[nodiscard]] std::uint64_t hash() const noexcept { return mix_fast(row); }
  bool operator==(const RowKey&) const = default;
};

template <class Key, class Value>
class IndexMap {
 public:
  struct Slot {
    Key key;
    Value value;
  };

  /// The value of a key, or nullptr.
  Value* find(const Key& key) noexcept {
    if (capacity_ == 0) return nullptr;
    for (std::uint64_t i = key.hash();; ++i) {
      Slot& slot = slots_[i & (capacity_ - 1)];
      if (slot.value == Value{}) return nullptr;
      if (slot.key == key) return &slot.value;
    }
  }

  /// Inserts a key that is not in the map; false when the kernel gives no memory.
  bool insert(const Key& key, const Value& value) noexcept {
    if ((count_ + 1) * 8 > capacity_ * 5 && !grow()) return false;
    place(key, value);
    ++count_;
    return true;
  }

  /// Removes a key by shifting its run back, so that no tombstones pile up.
  bool erase(const Key& key, Value* removed) noexcept {
    if (capacity_ == 0) return false;
    const std::uint64_t mask = capacity_ - 1;
    std::uint64_t hole = key.hash() & mask;
    while (!(slots_[hole].key == key) || slots_[hole].value == Value{}) {
      if (slots_[hole].value == Value{}) return false;
      hole = (hole + 1) & mask;
    }
    if (removed != nullptr) *removed = slots_[hole].value;
    for (std::uint64_t next = (hole + 1) & mask; !(slots_[next].value == Value{});
         next = (next + 1) & mask) {
      const std::uint64_t home = slots_[next].key.hash() & mask;
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        slots_[hole] = slots_[next];
        hole = next;
      }
    }
    slots_[hole] = Slot{};
    --count_;
    return true;
  }

  template <class Visit>
  void for_each(Visit&& visit) noexcept {
    for (std::uint64_t i = 0; i < capacity_; ++i)
      if (!(slots_[i].value == Value{})) visit(slots_[i].key, slots_[i].value);
  }

  [[nodiscard]] std::uint64_t used_bytes() const noexcept { return capacity_ * sizeof(Slot); }
  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }

  void release() noexcept {
    unmap_pages(slots_, capacity_ * sizeof(Slot));
    slots_ = nullptr;
    capacity_ = count_ = 0;
  }

 private:
  static constexpr std::uint64_t kFirstCapacity = 256;

  void place(const Key& key, const Value& value) noexcept {
    std::uint64_t i = key.hash();
    while (!(slots_[i & (capacity_ - 1)].value == Value{})) ++i;
    slots_[i & (capacity_ - 1)] = Slot{key, value};
  }

  bool grow() noexcept {
    const std::uint64_t old_capacity = capacity_;
    Slot* old_slots = slots_;
    const std::uint64_t capacity = old_capacity == 0 ? kFirstCapacity : old_capacity * 2;
    auto* slots = static_cast<Slot*>(map_pages(capacity * sizeof(Slot)));
    if (slots == nullptr) return false;
    slots_ = slots;
    capacity_ = capacity;
    for (std::uint64_t i = 0; i < old_capacity; ++i)
      if (!(old_slots[i].value == Value{})) place(old_slots[i].key, old_slots[i].value);
    unmap_pages(old_slots, old_capacity * sizeof(Slot));
    return true;
  }

  Slot* slots_ = nullptr;
  std::uint64_t capacity_ = 0;
  std::uint64_t count_ = 0;
};

}  // namespace heapwise
