#include "data-loaders/text_bytes.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "data-loaders/digest.h"

namespace yekun {
namespace {

tl::unexpected<Diagnostics> unreadable(std::string const& name, std::string const& why) {
  return failure({.fault = Fault::data,
                  .code = "unreadable-file",
                  .place = {.file = name},
                  .message = fmt::format("'{}' cannot be read: {}", name, why)});
}

/// In plain words, without the C library's locale.
std::string reason_of(int error) {
  switch (error) {
    case ENOENT:
      return "there is no such file";
    case EACCES:
      return "it may not be opened (permission denied)";
    case EISDIR:
      return "it is a folder";
    case EIO:
      return "the disk reports an error";
    default:
      return fmt::format("the system reports error {}", error);
  }
}

class PlainStream final : public ByteStream {
 public:
  PlainStream(FileHandle const& file, std::uint64_t from) : file_(file), at_(from) {}
  Result<std::size_t> read(std::span<char> room) override {
    if (!file_.seekable()) return file_.read(room);
    auto count = file_.read_at(room, at_);
    if (count) at_ += *count;
    return count;
  }

 private:
  FileHandle const& file_;
  std::uint64_t at_;
};

}  // namespace

Result<FileHandle> FileHandle::open(std::string const& path, std::string const& name) {
  FileHandle file;
  file.name_ = name;
  file.descriptor_ = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file.descriptor_ < 0) return unreadable(name, reason_of(errno));
  struct stat facts {};
  if (::fstat(file.descriptor_, &facts) != 0) return unreadable(name, reason_of(errno));
  if (S_ISDIR(facts.st_mode)) return unreadable(name, reason_of(EISDIR));
  file.seekable_ = S_ISREG(facts.st_mode) && (path != "-" || ::lseek(STDIN_FILENO, 0, SEEK_CUR) == 0);
  if (file.seekable_) file.size_ = static_cast<std::uint64_t>(facts.st_size);
  return file;
}

FileHandle::FileHandle(FileHandle&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      size_(other.size_),
      seekable_(other.seekable_),
      name_(std::move(other.name_)) {}

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  size_ = other.size_;
  seekable_ = other.seekable_;
  name_ = std::move(other.name_);
  return *this;
}

FileHandle::~FileHandle() {
  if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
}

Result<std::size_t> FileHandle::read_at(std::span<char> room, std::uint64_t offset) const {
  std::size_t done = 0;
  while (done < room.size()) {
    auto const count = ::pread(descriptor_, room.data() + done, room.size() - done, static_cast<off_t>(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return unreadable(name_, reason_of(errno));
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  return done;
}

Result<std::size_t> FileHandle::read(std::span<char> room) const {
  while (true) {
    auto const count = ::read(descriptor_, room.data(), room.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) return unreadable(name_, reason_of(errno));
  }
}

std::unique_ptr<ByteStream> plain_stream(FileHandle const& file, std::uint64_t from) {
  return std::make_unique<PlainStream>(file, from);
}

namespace {

/// Calls take(bytes) for all of the file in order. False: a call gave false.
Result<bool> read_through(FileHandle const& file, auto&& take) {
  std::vector<char> block(std::size_t{1} << 18U);
  for (std::uint64_t at = 0;;) {
    auto const count = file.read_at(block, at);
    if (!count) return failure(count.error());
    if (*count == 0) return true;
    if (!take(std::span<char const>(block.data(), *count))) return false;
    at += *count;
  }
}

std::string hex_of(std::span<unsigned char const> bytes) {
  std::string hex;
  for (unsigned char const byte : bytes) hex += fmt::format("{:02x}", byte);
  return hex;
}

}  // namespace

Result<std::string> sha256_of(FileHandle const& file) {
  if (!file.seekable()) return std::string();
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> const context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  bool const begun = context != nullptr && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
  auto const good = read_through(file, [&](std::span<char const> bytes) {
    return begun && EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1;
  });
  if (!good) return failure(good.error());
  if (!begun || !*good || EVP_DigestFinal_ex(context.get(), digest.data(), &length) != 1)
    return unreadable(file.name(), "its SHA-256 could not be worked out");
  return hex_of(std::span(digest).first(length));
}

Result<std::string> fingerprint_of(FileHandle const& file, std::string const& key) {
  if (!file.seekable()) return std::string();
  std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> const context(EVP_CIPHER_CTX_new(),
                                                                                EVP_CIPHER_CTX_free);
  std::array<unsigned char, 12> constexpr kNonce{};  // fingerprints are kept as secret as the key
  std::array<unsigned char, 16> tag{};
  std::array<unsigned char, 16> none{};
  int length = 0;
  auto const* const secret = reinterpret_cast<unsigned char const*>(key.data());
  bool const begun = context != nullptr && key.size() == kFingerprintKey &&
                     EVP_EncryptInit_ex(context.get(), EVP_aes_128_gcm(), nullptr, secret, kNonce.data()) == 1;
  auto const good = read_through(file, [&](std::span<char const> bytes) {
    auto const* const data = reinterpret_cast<unsigned char const*>(bytes.data());
    return begun && EVP_EncryptUpdate(context.get(), nullptr, &length, data, static_cast<int>(bytes.size())) == 1;
  });
  if (!good) return failure(good.error());
  if (!begun || !*good || EVP_EncryptFinal_ex(context.get(), none.data(), &length) != 1 ||
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(tag.size()), tag.data()) != 1)
    return unreadable(file.name(), "its fingerprint could not be worked out");
  return hex_of(tag);
}

}  // namespace yekun
