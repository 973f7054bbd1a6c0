#include "cpython/plain_values.hpp"

#include <cstring>

namespace heapwise::cpython {

namespace {

/// Source: Include/datetime.h, 3.11 to 3.14 (its own header declares a variable for its users).
struct DateFields {
  PyObject ob_base;
  Py_hash_t hash;
  char has_zone;
  unsigned char data[4];
};

struct DatetimeFields {
  PyObject ob_base;
  Py_hash_t hash;
  char has_zone;
  unsigned char data[10];
  unsigned char fold;
  PyObject* zone;  ///< only where it has one
};

struct TimeFields {
  PyObject ob_base;
  Py_hash_t hash;
  char has_zone;
  unsigned char data[6];
  unsigned char fold;
  PyObject* zone;  ///< only where it has one
};

struct DeltaFields {
  PyObject ob_base;
  Py_hash_t hash;
  int days;
  int seconds;
  int microseconds;
};

/// Source: PyDecObject in Modules/_decimal/_decimal.c, mpd_t in mpdecimal.h, 3.11 to 3.14.
struct DecimalFields {
  PyObject ob_base;
  Py_hash_t hash;
  std::uint8_t flags;
  std::int64_t exponent;
  std::int64_t digits;
  std::int64_t length;
  std::int64_t allocated;
  const std::uint64_t* words;
  std::uint64_t own_words[4];
};
constexpr std::uint8_t kMeaningFlags = 0x0F;  ///< the others say where the words are

template <class Fields>
bool is_type(const PyTypeObject* type, const char* name) noexcept {
  return type->tp_basicsize == static_cast<Py_ssize_t>(sizeof(Fields)) &&
         std::strcmp(type->tp_name, name) == 0;
}

template <class Fields>
PlainWords clock_words(PyObject* object) noexcept {
  const auto* fields = reinterpret_cast<const Fields*>(object);
  PlainWords found;
  found.words[0] = fields->has_zone != 0 ? reinterpret_cast<std::uintptr_t>(fields->zone) : 0;
  found.words[1] = fields->fold;
  found.words[2] = 0;
  found.words[3] = 0;
  std::memcpy(&found.words[2], fields->data, sizeof fields->data);
  found.count = 4;
  return found;
}

}  // namespace

PlainKind plain_kind_of(const PyTypeObject* type) noexcept {
  if (is_type<DateFields>(type, "datetime.date")) return PlainKind::kDate;
  if (is_type<DatetimeFields>(type, "datetime.datetime")) return PlainKind::kDatetime;
  if (is_type<TimeFields>(type, "datetime.time")) return PlainKind::kTime;
  if (is_type<DeltaFields>(type, "datetime.timedelta")) return PlainKind::kDelta;
  if (is_type<DecimalFields>(type, "decimal.Decimal")) return PlainKind::kDecimal;
  return PlainKind::kNone;
}

PlainWords plain_words_of(PyObject* object, PlainKind kind) noexcept {
  PlainWords found;
  switch (kind) {
    case PlainKind::kDate:
      found.words[0] = 0;
      std::memcpy(&found.words[0], reinterpret_cast<const DateFields*>(object)->data, 4);
      found.count = 1;
      break;
    case PlainKind::kDatetime: return clock_words<DatetimeFields>(object);
    case PlainKind::kTime: return clock_words<TimeFields>(object);
    case PlainKind::kDelta: {
      const auto* fields = reinterpret_cast<const DeltaFields*>(object);
      found.words[0] = static_cast<std::uint32_t>(fields->days);
      found.words[1] = static_cast<std::uint32_t>(fields->seconds);
      found.words[2] = static_cast<std::uint32_t>(fields->microseconds);
      found.count = 3;
      break;
    }
    case PlainKind::kDecimal: {
      const auto* fields = reinterpret_cast<const DecimalFields*>(object);
      constexpr std::int64_t kMostWords = 4;
      if (fields->length < 0 || fields->length > kMostWords || fields->words == nullptr) break;
      const auto length = static_cast<std::uint64_t>(fields->length);
      found.words[0] = fields->flags & kMeaningFlags;
      found.words[1] = static_cast<std::uint64_t>(fields->exponent);
      found.words[2] = static_cast<std::uint64_t>(fields->digits);
      std::memcpy(&found.words[3], fields->words, length * sizeof(std::uint64_t));
      found.count = 3 + length;
      break;
    }
    default: break;
  }
  return found;
}

}  // namespace heapwise::cpython
