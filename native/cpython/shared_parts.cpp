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

bool SharedParts::add_piece(const unsigned char* data, std::uint64_t size, std::uint32_t owner,
                            std::uint64_t* shared_bytes) noexcept {
  const Key key{hash_bytes(data, size, size)};
  const std::uint32_t* first = pieces_.find(key);
  if (first == nullptr) return pieces_.insert(key, owner);
  if (*first != owner) *shared_bytes += size;
  return true;
}

bool SharedParts::add(const unsigned char* data, std::uint64_t size, std::uint32_t owner,
                      std::uint64_t* shared_bytes) noexcept {
  *shared_bytes = 0;
  while (size > 0) {
    const std::uint64_t piece = piece_of(data, size);
    if (!add_piece(data, piece, owner, shared_bytes)) return false;
    data += piece;
    size -= piece;
  }
  return true;
}

bool SharedParts::add_parts(const unsigned char* data, std::uint64_t part_bytes,
                            std::uint64_t count, std::uint32_t owner,
                            std::uint64_t* shared_bytes) noexcept {
  *shared_bytes = 0;
  for (; count > 0; --count, data += part_bytes)
    if (std::memcmp(data, data + 1, part_bytes - 1) != 0 &&
        !add_piece(data, part_bytes, owner, shared_bytes))
      return false;
  return true;
}

}  // namespace heapwise::cpython
