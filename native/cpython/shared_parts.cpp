#include "cpython/shared_parts.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/hash.hpp"

namespace heapwise::cpython {

namespace {

constexpr std::uint64_t kLeastPiece = 2 << 10, kMostPiece = 64 << 10;
constexpr std::uint64_t kCut = 0x1fff000000000000ULL;  // one in 8192, of the oldest bits

/// A number for each byte. The sum of those of the last 64 bytes, each shifted once for every byte
/// since, says where to cut (gear hashing: Xia et al., FastCDC, USENIX ATC 2016).
constexpr std::array<std::uint64_t, 256> kGears = [] {
  std::array<std::uint64_t, 256> found{};
  for (std::uint64_t i = 0; i < 256; ++i) found[i] = mix64(i + 1);
  return found;
}();

/// Where the first piece ends.
std::uint64_t piece_of(const unsigned char* data, std::uint64_t size) noexcept {
  if (size <= kLeastPiece) return size;
  const std::uint64_t most = std::min(size, kMostPiece);
  std::uint64_t sum = 0;
  for (std::uint64_t at = kLeastPiece; at < most; ++at) {
    sum = (sum << 1) + kGears[data[at]];
    if ((sum & kCut) == 0) return at + 1;
  }
  return most;
}

}  // namespace

std::uint32_t SharedParts::first_owner(const unsigned char* data, std::uint64_t size,
                                       std::uint32_t owner) noexcept {
  const Key key{hash_bytes(data, size, size)};
  const std::uint32_t* first = pieces_.find(key);
  if (first != nullptr) return *first;
  return pieces_.insert(key, owner) ? owner : 0;
}

bool SharedParts::add(const unsigned char* data, std::uint64_t size, std::uint32_t owner,
                      std::uint64_t* shared_bytes) noexcept {
  *shared_bytes = 0;
  while (size > 0) {
    const std::uint64_t piece = piece_of(data, size);
    const std::uint32_t first = first_owner(data, piece, owner);
    if (first == 0) return false;
    if (first != owner) *shared_bytes += piece;
    data += piece;
    size -= piece;
  }
  return true;
}

bool SharedParts::add_parts(const unsigned char* data, std::uint64_t part_bytes,
                            std::uint64_t count, std::uint64_t element_bytes, std::uint32_t owner,
                            std::uint64_t* shared_bytes) noexcept {
  *shared_bytes = 0;
  std::uint32_t one_owner = 0;
  bool is_copy = true;
  for (std::uint64_t i = 0; i < count; ++i, data += part_bytes) {
    if (std::memcmp(data, data + element_bytes, part_bytes - element_bytes) == 0) continue;
    const std::uint32_t first = first_owner(data, part_bytes, owner);
    if (first == 0) return false;
    if (first != owner) *shared_bytes += part_bytes;
    is_copy = is_copy && first != owner && (one_owner == 0 || first == one_owner);
    one_owner = first;
  }
  if (is_copy) *shared_bytes = 0;
  return true;
}

}  // namespace heapwise::cpython
