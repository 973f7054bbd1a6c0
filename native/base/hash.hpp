// Hot path: no Python, no malloc, no exceptions.
// Integer mixing and the CRC-32 of the file format.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace heapwise {

/// Finaliser of MurmurHash3: every input bit reaches every output bit.
inline constexpr std::uint64_t mix64(std::uint64_t value) noexcept {
  value ^= value >> 33;
  value *= 0xff51afd7ed558ccdULL;
  value ^= value >> 33;
  value *= 0xc4ceb9fe1a85ec53ULL;
  value ^= value >> 33;
  return value;
}

/// One multiplication and a shift: enough for keys whose low bits already vary.
inline constexpr std::uint64_t mix_fast(std::uint64_t value) noexcept {
  value *= 0x9e3779b97f4a7c15ULL;
  return value ^ (value >> 32);
}

/// Hash of a byte string (names, line tables): eight bytes at a time.
inline std::uint64_t hash_bytes(const void* data, std::size_t size, std::uint64_t seed) noexcept {
  const auto* bytes = static_cast<const unsigned char*>(data);
  std::uint64_t state = seed ^ (size * 0x9e3779b97f4a7c15ULL);
  while (size >= 8) {
    std::uint64_t word;
    std::memcpy(&word, bytes, 8);
    state = mix_fast(state ^ word);
    bytes += 8;
    size -= 8;
  }
  std::uint64_t tail = 0;
  if (size > 0) std::memcpy(&tail, bytes, size);
  return mix64(state ^ tail);
}

namespace detail {
constexpr auto make_crc_tables() {
  std::array<std::array<std::uint32_t, 256>, 8> tables{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t crc = i;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320U : 0U);
    tables[0][i] = crc;
  }
  for (std::uint32_t i = 0; i < 256; ++i)
    for (std::size_t t = 1; t < 8; ++t)
      tables[t][i] = (tables[t - 1][i] >> 8) ^ tables[0][tables[t - 1][i] & 0xff];
  return tables;
}
inline constexpr auto kCrcTables = make_crc_tables();
}  // namespace detail

/// CRC-32 as zlib computes it, so that a reader can use zlib.crc32.
inline std::uint32_t crc32(std::uint32_t crc, const void* data, std::size_t size) noexcept {
  const auto& t = detail::kCrcTables;
  const auto* bytes = static_cast<const unsigned char*>(data);
  crc = ~crc;
  while (size >= 8) {
    std::uint64_t word;
    std::memcpy(&word, bytes, 8);
    word ^= crc;
    crc = t[7][word & 0xff] ^ t[6][(word >> 8) & 0xff] ^ t[5][(word >> 16) & 0xff] ^
          t[4][(word >> 24) & 0xff] ^ t[3][(word >> 32) & 0xff] ^ t[2][(word >> 40) & 0xff] ^
          t[1][(word >> 48) & 0xff] ^ t[0][word >> 56];
    bytes += 8;
    size -= 8;
  }
  while (size-- > 0) crc = (crc >> 8) ^ t[0][(crc ^ *bytes++) & 0xff];
  return ~crc;
}

}  // namespace heapwise
