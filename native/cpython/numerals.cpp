#include "cpython/numerals.hpp"

namespace heapwise::cpython {

namespace {

constexpr std::size_t kLongest = 32;
constexpr unsigned kMostIntDigits = 18;
constexpr unsigned kMostFloatDigits = 17;
constexpr unsigned kMostExponentDigits = 3;
/// Ints that the interpreter has ready. Source: _PY_NSMALLPOSINTS, _PY_NSMALLNEGINTS, 3.11 to 3.14.
constexpr long long kSmallest = -5;
constexpr long long kLargest = 256;

struct Reader {
  const char* at;
  const char* end;

  bool take(char wanted) noexcept {
    if (at == end || *at != wanted) return false;
    ++at;
    return true;
  }
  unsigned digits(long long* value) noexcept {
    unsigned count = 0;
    for (; at != end && *at >= '0' && *at <= '9'; ++at, ++count)
      if (count < kMostIntDigits) *value = *value * 10 + (*at - '0');
    return count;
  }
};

constexpr std::size_t kUuidLength = 36;

bool is_dash_of_uuid(std::size_t at) noexcept {
  return at == 8 || at == 13 || at == 18 || at == 23;
}

/// Of MD5 to SHA-512, or a UUID, with letters: digits alone may be a number.
bool is_digest(const char* text, std::size_t length) noexcept {
  if (length != 32 && length != kUuidLength && length != 40 && length != 56 && length != 64 &&
      length != 96 && length != 128)
    return false;
  const bool is_uuid = length == kUuidLength;
  std::size_t lower = 0;
  std::size_t upper = 0;
  for (const char* at = text; at != text + length; ++at) {
    if (is_uuid && is_dash_of_uuid(static_cast<std::size_t>(at - text))) {
      if (*at != '-') return false;
      continue;
    }
    const bool is_lower = *at >= 'a' && *at <= 'f';
    const bool is_upper = *at >= 'A' && *at <= 'F';
    if (!is_lower && !is_upper && (*at < '0' || *at > '9')) return false;
    lower += is_lower;
    upper += is_upper;
  }
  return (lower == 0) != (upper == 0);
}

}  // namespace

Numeral numeral_of(const char* text, std::size_t length) noexcept {
  if (is_digest(text, length)) return kDigest;
  if (length > kLongest) return kNumeralsCount;
  Reader reader{text, text + length};
  const bool negative = reader.take('-');
  const char* first = reader.at;
  long long value = 0;
  const unsigned whole = reader.digits(&value);
  if (whole == 0 || (*first == '0' && whole > 1)) return kNumeralsCount;
  if (reader.at == reader.end) {
    if (whole > kMostIntDigits || (negative && value == 0)) return kNumeralsCount;
    value = negative ? -value : value;
    return value >= kSmallest && value <= kLargest ? kSmallInt : kInt;
  }
  long long unused = 0;
  const bool has_point = reader.take('.');
  const unsigned fraction = has_point ? reader.digits(&unused) : 0;
  if ((has_point && fraction == 0) || whole + fraction > kMostFloatDigits) return kNumeralsCount;
  if (reader.at == reader.end) return kFloat;
  if (!reader.take('e') && !reader.take('E')) return kNumeralsCount;
  const bool has_sign = reader.take('-') || reader.take('+');
  const unsigned exponent = reader.digits(&unused);
  // `12e5` may be part of a hash.
  const bool is_whole = exponent != 0 && exponent <= kMostExponentDigits && reader.at == reader.end;
  return is_whole && (has_point || has_sign) ? kFloat : kNumeralsCount;
}

}  // namespace heapwise::cpython
