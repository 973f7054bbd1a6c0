// No Python, no malloc, no exceptions: runs in the ticker thread of somebody's program.
// Writes the container of FORMAT.md with plain write(2).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "base/pages.hpp"

namespace heapwise {

inline constexpr std::uint32_t kFormatVersion = 1;
inline constexpr std::uint32_t kKindRecording = 1;
inline constexpr std::uint32_t kKindSnapshot = 2;

class ColumnWriter {
 public:
  static constexpr std::size_t kBufferBytes = 1 << 16;
  static constexpr unsigned kMaxColumns = 256;

  /// Creates (or truncates) a file; false with error() set when it cannot.
  bool open(const char* path, std::uint32_t kind) noexcept;

  /// Starts a column. Its values follow by put(); end_column() closes it.
  void begin_column(const char* table, const char* column, const char* type) noexcept;
  void put(const void* values, std::size_t bytes) noexcept;
  void end_column() noexcept;

  template <class Value>
  void put_value(Value value) noexcept {
    if (kBufferBytes - used_ < sizeof value) [[unlikely]]
      return put(&value, sizeof value);
    std::memcpy(buffer_ + used_, &value, sizeof value);
    used_ += sizeof value;
    offset_ += sizeof value;
  }

  /// A column of one value.
  template <class Value>
  void scalar(const char* table, const char* column, const char* type, Value value) noexcept {
    begin_column(table, column, type);
    put_value(value);
    end_column();
  }

  /// A column of `count` values: get(i) of each.
  template <class Get>
  void column_u4(const char* table, const char* column, std::uint64_t count, Get&& get) noexcept {
    begin_column(table, column, "u4");
    for (std::uint64_t i = 0; i < count; ++i) put_value(static_cast<std::uint32_t>(get(i)));
    end_column();
  }
  template <class Get>
  void column_u8(const char* table, const char* column, std::uint64_t count, Get&& get) noexcept {
    begin_column(table, column, "u8");
    for (std::uint64_t i = 0; i < count; ++i) put_value(static_cast<std::uint64_t>(get(i)));
    end_column();
  }

  /// Writes the table of contents and closes. False when anything failed; error() says why.
  bool finish() noexcept;

  [[nodiscard]] int error() const noexcept { return error_; }
  [[nodiscard]] std::uint64_t written_bytes() const noexcept { return offset_; }

 private:
  void write_out(const void* data, std::size_t bytes) noexcept;
  void take_checksum() noexcept;
  void flush() noexcept;
  void patch(const void* data, std::size_t bytes, std::uint64_t offset) noexcept;

  int fd_ = -1;
  int error_ = 0;
  char* buffer_ = nullptr;
  std::size_t used_ = 0;
  std::uint64_t offset_ = 0;  ///< of the next byte, buffered ones counted
  std::uint64_t offsets_[kMaxColumns] = {};
  unsigned columns_count_ = 0;
  std::uint64_t column_start_ = 0;
  std::size_t unsummed_ = 0;  ///< from here on the buffer's bytes are not in the checksum
  std::uint32_t column_crc_ = 0;
  unsigned char column_header_[96] = {};
};

}  // namespace heapwise
