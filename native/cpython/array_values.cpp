#include "cpython/array_values.hpp"

#include <cmath>
#include <cstring>

namespace heapwise::cpython {

namespace {

unsigned bytes_for(long long low, long long high) noexcept {
  if (low >= 0) {
    if (high <= 0xff) return 1;
    if (high <= 0xffff) return 2;
    return high <= 0xffffffffLL ? 4 : 8;
  }
  if (low >= -0x80 && high <= 0x7f) return 1;
  if (low >= -0x8000 && high <= 0x7fff) return 2;
  return low >= -0x80000000LL && high <= 0x7fffffffLL ? 4 : 8;
}

template <class Integer>
Values of_integers(const void* data, std::uint64_t count) noexcept {
  const auto* values = static_cast<const Integer*>(data);
  Integer low = values[0];
  Integer high = values[0];
  std::uint64_t zeros = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    low = values[i] < low ? values[i] : low;
    high = values[i] > high ? values[i] : high;
    zeros += values[i] == 0;
  }
  const bool beyond = high > Integer{0} && static_cast<std::uint64_t>(high) > 0x7fffffffffffffffULL;
  const unsigned fits =
      beyond ? 8 : bytes_for(static_cast<long long>(low), static_cast<long long>(high));
  return Values{fits < sizeof(Integer) ? fits : static_cast<unsigned>(sizeof(Integer)), low == high,
                zeros};
}

constexpr double kMostWhole = 0xffffffffLL;

bool is_whole(double value) noexcept {
  return value >= -kMostWhole && value <= kMostWhole &&
         static_cast<double>(static_cast<long long>(value)) == value &&
         !(value == 0 && std::signbit(value));
}

/// What integers take that hold all but those that are not a number; 0 where there are none of
/// these, or nothing else, or others that are not whole.
unsigned bytes_of_present(const double* values, std::uint64_t count) noexcept {
  double low = kMostWhole;
  double high = -kMostWhole;
  std::uint64_t present = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const double value = values[i];
    if (std::isnan(value)) continue;
    if (!is_whole(value)) return 0;
    low = value < low ? value : low;
    high = value > high ? value : high;
    ++present;
  }
  if (present == 0 || present == count) return 0;
  return bytes_for(static_cast<long long>(low), static_cast<long long>(high));
}

/// Whether integers hold every value exactly (whole numbers, as of an image that was widened), or
/// else float32 (not a number counts as held).
Values of_doubles(const void* data, std::uint64_t count) noexcept {
  const auto* values = static_cast<const double*>(data);
  std::uint64_t zeros = 0;
  bool narrow = true;
  bool whole = true;
  bool constant = true;
  double low = values[0];
  double high = values[0];
  for (std::uint64_t i = 0; i < count; ++i) {
    const double value = values[i];
    narrow = narrow && (static_cast<double>(static_cast<float>(value)) == value || value != value);
    whole = whole && is_whole(value);
    low = value < low ? value : low;
    high = value > high ? value : high;
    zeros += value == 0;
    constant = constant && value == values[0];
  }
  unsigned fits = narrow ? 4U : 8U;
  if (whole) {
    const unsigned integer = bytes_for(static_cast<long long>(low), static_cast<long long>(high));
    fits = integer < fits ? integer : fits;
  }
  constexpr double kParts = 256;
  const double most = std::fabs(low) > std::fabs(high) ? std::fabs(low) : std::fabs(high);
  const unsigned present = narrow && !whole ? bytes_of_present(values, count) : 0;
  return Values{fits, constant, zeros, (high - low) * kParts < most, present};
}

/// Whether all are one, and how many are zero: a narrower type that is exact is not looked for.
Values of_floats(const void* data, std::uint64_t count) noexcept {
  const auto* values = static_cast<const float*>(data);
  std::uint64_t zeros = 0;
  bool constant = true;
  for (std::uint64_t i = 0; i < count; ++i) {
    zeros += values[i] == 0;
    constant = constant && values[i] == values[0];
  }
  return Values{0, constant, zeros};
}

}  // namespace

Values values_of(int type, unsigned bytes, const void* data, std::uint64_t count) noexcept {
  switch (type) {
    case kInt8: return of_integers<std::int8_t>(data, count);
    case kUint8: return of_integers<std::uint8_t>(data, count);
    case kInt16: return of_integers<std::int16_t>(data, count);
    case kUint16: return of_integers<std::uint16_t>(data, count);
    case kInt32: return of_integers<std::int32_t>(data, count);
    case kUint32: return of_integers<std::uint32_t>(data, count);
    case kLong:
    case kLongLong:
      return bytes == 8 ? of_integers<std::int64_t>(data, count) : Values{bytes, false, 0};
    case kUlong:
    case kUlongLong:
      return bytes == 8 ? of_integers<std::uint64_t>(data, count) : Values{bytes, false, 0};
    case kFloat32: return of_floats(data, count);
    case kFloat64: return of_doubles(data, count);
    default: return Values{};
  }
}

bool are_one_hot(const char* data, std::uint64_t rows, std::uint64_t columns, unsigned bytes,
                 bool is_float) noexcept {
  const double wide = 1;
  const float narrow = 1;
  const std::uint64_t integer = 1;  // little-endian
  const void* one = &integer;
  if (is_float) one = bytes == sizeof wide ? static_cast<const void*>(&wide) : &narrow;
  const std::uint64_t zero = 0;
  for (std::uint64_t row = 0; row < rows; ++row) {
    unsigned ones = 0;
    for (std::uint64_t column = 0; column < columns; ++column, data += bytes) {
      if (std::memcmp(data, &zero, bytes) == 0) continue;
      if (++ones > 1 || std::memcmp(data, one, bytes) != 0) return false;
    }
    if (ones != 1) return false;
  }
  return true;
}

bool are_short_decimals(const double* values, std::uint64_t count) noexcept {
  constexpr double kMost = 1e6;       // FLT_DIG digits
  constexpr double kRounded = 1e-14;  // of a decimal times a power of ten
  double scale = 1;
  double highest = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const double value = std::fabs(values[i]);
    if (std::isnan(value)) continue;
    if (!(value < kMost)) return false;
    highest = value > highest ? value : highest;
    while (std::fabs(value * scale - std::nearbyint(value * scale)) > kRounded * value * scale) {
      scale *= 10;
      if (scale > kMost) return false;
    }
  }
  return highest * scale < kMost;
}

}  // namespace heapwise::cpython
