// No Python, no malloc, no exceptions.
#pragma once

#include <cstdint>

#include "base/pages.hpp"

namespace heapwise {

/// An array of zeros from the kernel, given back at the end of its scope.
template <class Value>
class Array {
 public:
  explicit Array(std::uint64_t count) noexcept
      : bytes_(round_up(count * sizeof(Value) + 1, kPageBytes)),
        values_(static_cast<Value*>(map_pages(bytes_))) {}
  ~Array() { release(); }
  Array(const Array&) = delete;
  Array& operator=(const Array&) = delete;
  Value& operator[](std::uint64_t i) noexcept { return values_[i]; }
  void release() noexcept {
    unmap_pages(values_, bytes_);
    values_ = nullptr;
  }
  [[nodiscard]] bool ok() const noexcept { return values_ != nullptr; }

 private:
  std::size_t bytes_;
  Value* values_;
};

}  // namespace heapwise
