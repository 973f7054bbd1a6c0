// No Python, no malloc, no exceptions: runs in the ticker thread of somebody's program.
#include "container/column_writer.hpp"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <cstring>

#include "base/hash.hpp"

namespace heapwise {

namespace {

constexpr std::size_t kHeaderBytes = 64;
constexpr std::size_t kColumnHeaderBytes = 96;

std::size_t item_bytes(const char* type) noexcept {
  return static_cast<std::size_t>(type[1] - '0');
}

/// While it lives, a write beyond RLIMIT_FSIZE fails with EFBIG and sends the program no SIGXFSZ,
/// whose default is to end it.
class NoSizeSignal {
 public:
  NoSizeSignal() noexcept {
    ::sigemptyset(&size_signal_);
    ::sigaddset(&size_signal_, SIGXFSZ);
    sigset_t waiting;
    was_waiting_ = ::sigpending(&waiting) == 0 && ::sigismember(&waiting, SIGXFSZ) == 1;
    ::pthread_sigmask(SIG_BLOCK, &size_signal_, &before_);
  }
  ~NoSizeSignal() {
    const int saved_errno = errno;
    constexpr timespec kAtOnce{};
    if (!was_waiting_)  // takes ours away, if there is one
      ::sigtimedwait(&size_signal_, nullptr, &kAtOnce);
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    errno = saved_errno;
  }
  NoSizeSignal(const NoSizeSignal&) = delete;
  NoSizeSignal& operator=(const NoSizeSignal&) = delete;

 private:
  sigset_t size_signal_;
  sigset_t before_;
  bool was_waiting_;
};

template <class Value>
void store(unsigned char* at, Value value) noexcept {
  std::memcpy(at, &value, sizeof value);
}

}  // namespace

bool ColumnWriter::open(const char* path, std::uint32_t kind) noexcept {
  if (buffer_ == nullptr) buffer_ = static_cast<char*>(map_pages(kBufferBytes));
  if (buffer_ == nullptr) {
    used_ = unsummed_ = kBufferBytes;  // so that nothing is put there, or read
    error_ = ENOMEM;
    return false;
  }
  used_ = 0;
  unsummed_ = 0;
  offset_ = 0;
  columns_count_ = 0;
  error_ = 0;
  fd_ = ::open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd_ < 0) {
    error_ = errno;
    return false;
  }
  unsigned char header[kHeaderBytes] = {};
  std::memcpy(header, "HEAPWISE", 8);
  store(header + 8, kFormatVersion);
  store(header + 12, std::uint32_t{0x0a0b0c0d});
  store(header + 16, kind);
  write_out(header, sizeof header);
  return error_ == 0;
}

void ColumnWriter::begin_column(const char* table, const char* column, const char* type) noexcept {
  if (columns_count_ == kMaxColumns) error_ = EOVERFLOW;
  if (error_ != 0) return;
  column_start_ = offset_;
  offsets_[columns_count_++] = offset_;
  std::memset(column_header_, 0, sizeof column_header_);
  std::memcpy(column_header_, "COLUMN", 6);
  std::strncpy(reinterpret_cast<char*>(column_header_) + 8, table, 23);
  std::strncpy(reinterpret_cast<char*>(column_header_) + 32, column, 31);
  std::strncpy(reinterpret_cast<char*>(column_header_) + 64, type, 3);
  write_out(column_header_, sizeof column_header_);  // completed by end_column
  unsummed_ = used_;
  column_crc_ = 0;
}

void ColumnWriter::put(const void* values, std::size_t bytes) noexcept {
  if (error_ == 0) write_out(values, bytes);
}

void ColumnWriter::end_column() noexcept {
  if (error_ != 0) return;
  take_checksum();
  const char* type = reinterpret_cast<const char*>(column_header_) + 64;
  const std::uint64_t bytes = offset_ - column_start_ - kColumnHeaderBytes;
  store(column_header_ + 68, column_crc_);
  store(column_header_ + 72, bytes / item_bytes(type));
  store(column_header_ + 80, crc32(0, column_header_, 80));
  constexpr unsigned char kZeros[8] = {};
  write_out(kZeros, (8 - offset_ % 8) % 8);
  patch(column_header_, kColumnHeaderBytes, column_start_);
}

bool ColumnWriter::finish() noexcept {
  const std::uint64_t toc_offset = offset_;
  const unsigned count = columns_count_;
  begin_column("toc", "offsets", "u8");
  put(offsets_, count * sizeof offsets_[0]);
  end_column();
  const std::uint64_t tail[2] = {toc_offset, offset_};
  patch(tail, sizeof tail, 24);
  flush();
  if (fd_ >= 0 && ::close(fd_) != 0 && error_ == 0) error_ = errno;
  fd_ = -1;
  return error_ == 0;
}

void ColumnWriter::write_out(const void* data, std::size_t bytes) noexcept {
  const auto* from = static_cast<const char*>(data);
  while (bytes > 0 && error_ == 0) {
    if (used_ == kBufferBytes) flush();
    const std::size_t room = kBufferBytes - used_;
    const std::size_t part = bytes < room ? bytes : room;
    std::memcpy(buffer_ + used_, from, part);
    used_ += part;
    offset_ += part;
    from += part;
    bytes -= part;
  }
}

/// Adds what the buffer has of the column to its checksum: in one go, it costs half.
void ColumnWriter::take_checksum() noexcept {
  column_crc_ = crc32(column_crc_, buffer_ + unsummed_, used_ - unsummed_);
  unsummed_ = used_;
}

void ColumnWriter::flush() noexcept {
  take_checksum();
  const NoSizeSignal guard;
  std::size_t done = 0;
  while (done < used_ && error_ == 0) {
    const ssize_t written = ::write(fd_, buffer_ + done, used_ - done);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      error_ = written < 0 ? errno : ENOSPC;
      break;
    }
    done += static_cast<std::size_t>(written);
  }
  used_ = 0;
  unsummed_ = 0;
}

/// Overwrites bytes that were written before; in the buffer while they are still there.
void ColumnWriter::patch(const void* data, std::size_t bytes, std::uint64_t offset) noexcept {
  if (error_ != 0) return;
  const std::uint64_t buffer_start = offset_ - used_;
  if (offset >= buffer_start) {
    std::memcpy(buffer_ + (offset - buffer_start), data, bytes);
    return;
  }
  flush();
  if (error_ == 0 &&
      ::pwrite(fd_, data, bytes, static_cast<off_t>(offset)) != static_cast<ssize_t>(bytes))
    error_ = errno;
}

}  // namespace heapwise
