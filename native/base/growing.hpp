// No Python, no malloc, no exceptions.
#pragma once

#include <cstdint>

#include "base/pages.hpp"

namespace heapwise {

/// An array that grows, from the kernel's pages.
template <class Value>
class Growing {
 public:
  Growing() = default;
  ~Growing() { unmap_pages(values_, room_ * sizeof(Value)); }
  Growing(const Growing&) = delete;
  Growing& operator=(const Growing&) = delete;

  bool push(Value value) noexcept {
    if (count_ == room_ && !grow(room_ == 0 ? 1 << 12 : room_ * 2)) return false;
    values_[count_++] = value;
    return true;
  }
  Value& operator[](std::uint64_t i) noexcept { return values_[i]; }
  const Value& operator[](std::uint64_t i) const noexcept { return values_[i]; }
  [[nodiscard]] std::uint64_t size() const noexcept { return count_; }
  [[nodiscard]] const Value* data() const noexcept { return values_; }
  void clear() noexcept { count_ = 0; }
  void release() noexcept {
    unmap_pages(values_, room_ * sizeof(Value));
    values_ = nullptr;
    count_ = room_ = 0;
  }
  /// Makes room for exactly so many values, zeroed; only of an array that has none.
  bool make(std::uint64_t count) noexcept {
    if (!grow(count == 0 ? 1 : count)) return false;
    count_ = count;
    return true;
  }

 private:
  bool grow(std::uint64_t room) noexcept {
    void* grown = remap_pages(values_, room_ * sizeof(Value), room * sizeof(Value));
    if (grown == nullptr) return false;
    values_ = static_cast<Value*>(grown);
    room_ = room;
    return true;
  }

  Value* values_ = nullptr;
  std::uint64_t count_ = 0;
  std::uint64_t room_ = 0;
};

}  // namespace heapwise
