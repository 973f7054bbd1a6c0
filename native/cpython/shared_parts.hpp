// No Python, no malloc, no exceptions. Parts of bytes that stand in other bytes as well.
#pragma once

#include <cstdint>

#include "base/index_map.hpp"

namespace heapwise::cpython {

/// Cuts bytes where their content says so, so that what is the same is cut in the same places,
/// wherever it stands, and remembers the pieces by their hashes.
class SharedParts {
 public:
  SharedParts() = default;
  ~SharedParts() { pieces_.release(); }
  SharedParts(const SharedParts&) = delete;
  SharedParts& operator=(const SharedParts&) = delete;

  /// How many of the bytes stand in pieces that bytes of another owner have had before. False when
  /// there is no memory. owner: no 0.
  bool add(const unsigned char* data, std::uint64_t size, std::uint32_t owner,
           std::uint64_t* shared_bytes) noexcept;

  /// The same of parts that are as long as each other, wherever they stand; those that are one
  /// element again and again are not counted, nor is anything of a copy of one other owner.
  bool add_parts(const unsigned char* data, std::uint64_t part_bytes, std::uint64_t count,
                 std::uint64_t element_bytes, std::uint32_t owner,
                 std::uint64_t* shared_bytes) noexcept;

 private:
  /// The first owner of a piece; 0 when there is no memory.
  std::uint32_t first_owner(const unsigned char* data, std::uint64_t size,
                            std::uint32_t owner) noexcept;

  struct Key {
    std::uint64_t hash_of_piece;

    [[nodiscard]] std::uint64_t hash() const noexcept { return hash_of_piece; }
    bool operator==(const Key&) const = default;
  };

  IndexMap<Key, std::uint32_t> pieces_;  ///< to the first owner
};

}  // namespace heapwise::cpython
