#include "capture/mappings.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <cstring>

namespace heapwise {

namespace {

constexpr std::size_t kLongestLine = 4400;  // a path of 4096 bytes, and what stands before it

/// The lines of a file, one after the other, through a buffer of its own.
class Lines {
 public:
  explicit Lines(const char* path) noexcept : file_(::open(path, O_RDONLY | O_CLOEXEC)) {}
  ~Lines() {
    if (file_ >= 0) ::close(file_);
  }
  Lines(const Lines&) = delete;
  Lines& operator=(const Lines&) = delete;

  /// The next line without its end, cut at kLongestLine; nullptr at the end of the file.
  const char* next() noexcept {
    std::size_t size = 0;
    for (char c = 0; get(&c);) {
      if (c == '\n') {
        line_[size] = '\0';
        return line_;
      }
      if (size + 1 < kLongestLine) line_[size++] = c;
    }
    return nullptr;
  }

 private:
  bool get(char* c) noexcept {
    if (at_ == filled_) {
      const ssize_t got = file_ < 0 ? 0 : ::read(file_, buffer_, sizeof buffer_);
      if (got <= 0) return false;
      filled_ = static_cast<std::size_t>(got);
      at_ = 0;
    }
    *c = buffer_[at_++];
    return true;
  }

  int file_;
  std::size_t at_ = 0;
  std::size_t filled_ = 0;
  char buffer_[16384];
  char line_[kLongestLine];
};

std::uint64_t parse_hex(const char*& text) noexcept {
  std::uint64_t value = 0;
  for (;; ++text) {
    const char c = *text;
    if (c >= '0' && c <= '9')
      value = value * 16 + static_cast<std::uint64_t>(c - '0');
    else if (c >= 'a' && c <= 'f')
      value = value * 16 + static_cast<std::uint64_t>(c - 'a' + 10);
    else
      return value;
  }
}

std::uint64_t parse_kib(const char* text) noexcept {
  while (*text == ' ') ++text;
  std::uint64_t value = 0;
  for (; *text >= '0' && *text <= '9'; ++text)
    value = value * 10 + static_cast<std::uint64_t>(*text - '0');
  return value * 1024;
}

/// "begin-end perms offset device inode   name": false when the line is none of these.
bool parse_head(const char* line, StringTable& names, Mapping* mapping) noexcept {
  const char* at = line;
  mapping->begin = parse_hex(at);
  if (at == line || *at++ != '-') return false;
  mapping->end = parse_hex(at);
  if (*at++ != ' ' || std::strlen(at) < 4) return false;
  mapping->flags = (at[0] == 'r' ? kReadable : 0U) | (at[1] == 'w' ? kWritable : 0U) |
                   (at[2] == 'x' ? kExecutable : 0U) | (at[3] == 's' ? kShared : 0U);
  for (int words = 0; words < 4 && *at != '\0'; ++words) {
    while (*at != ' ' && *at != '\0') ++at;
    while (*at == ' ') ++at;
  }
  mapping->name = names.intern(at, std::strlen(at));
  return true;
}

}  // namespace

bool read_mappings(pid_t process, StringTable& names, Growing<Mapping>& mappings) noexcept {
  char path[64];
  ::snprintf(path, sizeof path, "/proc/%d/smaps", static_cast<int>(process));
  Lines lines(path);
  while (const char* line = lines.next()) {
    Mapping head;
    if (parse_head(line, names, &head)) {
      if (!mappings.push(head)) return false;
      continue;
    }
    if (mappings.size() == 0) continue;
    Mapping& mapping = mappings[mappings.size() - 1];
    const struct {
      const char* name;
      std::uint64_t Mapping::* figure;
    } figures[] = {{"Rss:", &Mapping::rss_bytes},
                   {"Pss:", &Mapping::pss_bytes},
                   {"Private_Clean:", &Mapping::private_bytes},
                   {"Private_Dirty:", &Mapping::private_bytes},
                   {"Anonymous:", &Mapping::anonymous_bytes}};
    for (const auto& each : figures) {
      const std::size_t size = std::strlen(each.name);
      if (std::strncmp(line, each.name, size) == 0) mapping.*each.figure += parse_kib(line + size);
    }
  }
  return true;
}

bool read_mappings_at_fork(pid_t parent, StringTable& names, Growing<Mapping>& mappings) noexcept {
  const pid_t self = ::getpid();
  if (!read_mappings(self, names, mappings)) return false;
  if (self == parent) return true;
  Growing<Mapping> theirs;
  if (!read_mappings(parent, names, theirs)) return false;
  std::uint64_t at = 0;
  for (std::uint64_t i = 0; i < mappings.size(); ++i) {
    Mapping& own = mappings[i];
    while (at < theirs.size() && theirs[at].begin < own.begin) ++at;
    if (at == theirs.size()) break;
    const Mapping& other = theirs[at];
    const bool is_file = own.name != 0 && own.name == other.name && own.begin == other.begin;
    if (!is_file || other.rss_bytes < other.anonymous_bytes || own.rss_bytes < own.anonymous_bytes)
      continue;
    const std::uint64_t file_bytes = other.rss_bytes - other.anonymous_bytes;
    if (file_bytes <= own.rss_bytes - own.anonymous_bytes) continue;
    own.rss_bytes = own.anonymous_bytes + file_bytes;
    own.pss_bytes = other.pss_bytes;
    own.private_bytes = other.private_bytes;
  }
  return true;
}

void write_mappings(ColumnWriter& writer, const Growing<Mapping>& mappings) noexcept {
  const auto u8 = [&](const char* name, std::uint64_t Mapping::* figure) {
    writer.column_u8("mappings", name, mappings.size(),
                     [&](auto i) { return mappings[i].*figure; });
  };
  u8("begin", &Mapping::begin);
  u8("end", &Mapping::end);
  u8("rss_bytes", &Mapping::rss_bytes);
  u8("pss_bytes", &Mapping::pss_bytes);
  u8("private_bytes", &Mapping::private_bytes);
  u8("anonymous_bytes", &Mapping::anonymous_bytes);
  writer.column_u4("mappings", "name", mappings.size(), [&](auto i) { return mappings[i].name; });
  writer.column_u4("mappings", "flags", mappings.size(), [&](auto i) { return mappings[i].flags; });
}

}  // namespace heapwise
