// No Python, no malloc, no exceptions. What the values of an array need.
#pragma once

#include <cstdint>

namespace heapwise::cpython {

/// Numbers of NumPy's types. Source: numpy/ndarraytypes.h, 1.x and 2.x.
enum ArrayType : int {
  kInt8 = 1,
  kUint8,
  kInt16,
  kUint16,
  kInt32,
  kUint32,
  kLong,
  kUlong,
  kLongLong,
  kUlongLong,
  kFloat32,
  kFloat64,
  kUnicode = 19,
};

/// Of an array's values: how few bytes an element could take, whether all are one, how many are 0;
/// of doubles whether they differ by little beside their size, as times since 1970 do, and where
/// some are not a number and all others whole, how few bytes these could take (0 of others).
struct Values {
  unsigned fits_bytes = 0;
  bool constant = false;
  std::uint64_t zeros_count = 0;
  bool far_off = false;
  unsigned present_bytes = 0;
};

/// Of so many values of a type; of types that are no plain numbers nothing.
Values values_of(int type, unsigned bytes, const void* data, std::uint64_t count) noexcept;

/// Whether each row of so many values of so many bytes has a 1 and else nothing but zeros: of
/// doubles and floats (is_float) or integers.
bool are_one_hot(const char* data, std::uint64_t rows, std::uint64_t columns, unsigned bytes,
                 bool is_float) noexcept;

/// Whether the values are decimal numbers of six digits at most, as texts of tables have them: then
/// float32 gives each of them back when it is printed, but is not the same number.
bool are_short_decimals(const double* values, std::uint64_t count) noexcept;

}  // namespace heapwise::cpython
