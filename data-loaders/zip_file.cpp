#include "data-loaders/zip_file.h"

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <zip.h>

#include <algorithm>
#include <array>

namespace yekun {
namespace {

constexpr std::uint64_t kFreeBytes = std::uint64_t{16} << 20;  // below this a high ratio harms nobody
constexpr std::uint64_t kMostRatio = 200;
constexpr std::uint64_t kMostBytes = std::uint64_t{16} << 30;
constexpr zip_int64_t kMostMembers = 100'000;

struct CloseMember {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using OpenMember = std::unique_ptr<zip_file_t, CloseMember>;

std::string too_large() {
  return "would unpack to far more than a workbook holds (a \"zip bomb\"); ask who made it for another copy";
}

bool is_bomb(std::uint64_t size, std::uint64_t packed) {
  return size > kMostBytes || (size > kFreeBytes && size / kMostRatio > packed);
}

/// Deflated or stored bytes of one member, read raw and inflated by ISA-L.
class MemberStream : public PartStream {
 public:
  MemberStream(OpenMember file, ZipMember const& member, bool deflated)
      : file_(std::move(file)), member_(member), deflated_(deflated) {
    isal_inflate_init(&state_);
  }

  Read<std::size_t> read(std::span<char> into) override {
    auto got = deflated_ ? inflate(into) : raw(into);
    if (!got) return got;
    checksum_ = crc32_gzip_refl(checksum_, reinterpret_cast<unsigned char const*>(into.data()), *got);
    produced_ += *got;
    if (produced_ > member_.size) return tl::unexpected(broken("holds more than it declares"));
    if (*got == 0 && produced_ != member_.size) return tl::unexpected(broken("is cut off"));
    if (*got == 0 && checksum_ != member_.checksum) return tl::unexpected(broken("fails its checksum"));
    return got;
  }

 private:
  std::string broken(std::string_view how) const {
    return "is damaged: its part '" + member_.name + "' " + std::string(how);
  }

  Read<std::size_t> raw(std::span<char> into) {
    zip_int64_t const got = zip_fread(file_.get(), into.data(), into.size());
    if (got < 0) return tl::unexpected(broken("cannot be read"));
    return static_cast<std::size_t>(got);
  }

  Read<std::size_t> inflate(std::span<char> into) {
    state_.next_out = reinterpret_cast<std::uint8_t*>(into.data());
    state_.avail_out = static_cast<std::uint32_t>(std::min<std::size_t>(into.size(), std::size_t{1} << 24));
    std::uint32_t const room = state_.avail_out;
    while (state_.avail_out > 0 && state_.block_state != ISAL_BLOCK_FINISH) {
      if (state_.avail_in == 0 && !ended_) {
        auto got = raw(std::span(packed_));
        if (!got) return got;
        ended_ = *got == 0;
        state_.next_in = reinterpret_cast<std::uint8_t*>(packed_.data());
        state_.avail_in = static_cast<std::uint32_t>(*got);
      }
      std::uint32_t const before = state_.avail_out;
      std::uint32_t const had = state_.avail_in;
      int const code = isal_inflate(&state_);
      if (code < 0) return tl::unexpected(broken("does not unpack"));
      bool const stuck = state_.avail_out == before && state_.avail_in == had;
      if (stuck && ended_ && state_.block_state != ISAL_BLOCK_FINISH) return tl::unexpected(broken("is cut off"));
    }
    return room - state_.avail_out;
  }

  OpenMember file_;
  ZipMember member_;
  bool deflated_;
  bool ended_ = false;
  std::uint64_t produced_ = 0;
  std::uint32_t checksum_ = 0;
  std::array<char, std::size_t{64} << 10> packed_{};
  inflate_state state_{};
};

std::string reason_of(int code) {
  switch (code) {
    case ZIP_ER_NOENT:
      return "does not exist";
    case ZIP_ER_OPEN:
    case ZIP_ER_READ:
      return "cannot be read";
    case ZIP_ER_NOZIP:
      return "is not a zip file, or is cut off";
    case ZIP_ER_MEMORY:
      return "needs more memory than there is";
    default:
      return "is damaged: its list of parts cannot be read";
  }
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

struct ZipFile::Handle {
  zip_t* archive = nullptr;
  std::vector<ZipMember> members;
  Handle() = default;
  Handle(Handle const&) = delete;
  Handle& operator=(Handle const&) = delete;
  ~Handle() {
    if (archive != nullptr) zip_discard(archive);
  }
};

ZipFile::ZipFile(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
ZipFile::ZipFile(ZipFile&&) noexcept = default;
ZipFile& ZipFile::operator=(ZipFile&&) noexcept = default;
ZipFile::~ZipFile() = default;

Read<ZipFile> ZipFile::open(std::string const& path) {
  auto handle = std::make_unique<Handle>();
  int code = 0;
  handle->archive = zip_open(path.c_str(), ZIP_RDONLY, &code);
  if (handle->archive == nullptr) return tl::unexpected(reason_of(code));
  return list(std::move(handle));
}

Read<ZipFile> ZipFile::open_bytes(std::string_view bytes) {
  auto handle = std::make_unique<Handle>();
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source != nullptr) handle->archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  int const code = zip_error_code_zip(&error);
  zip_error_fini(&error);
  if (handle->archive == nullptr) {
    if (source != nullptr) zip_source_free(source);
    return tl::unexpected(reason_of(code));
  }
  return list(std::move(handle));
}

Read<ZipFile> ZipFile::list(std::unique_ptr<Handle> handle) {
  zip_int64_t const count = zip_get_num_entries(handle->archive, 0);
  if (count > kMostMembers) return tl::unexpected("holds " + std::to_string(count) + " parts, which no workbook does");
  for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
    zip_stat_t stat;
    if (zip_stat_index(handle->archive, i, ZIP_FL_ENC_RAW, &stat) != 0) continue;
    ZipMember member;
    member.name = stat.name == nullptr ? "" : stat.name;
    std::replace(member.name.begin(), member.name.end(), '\\', '/');
    if (member.name.starts_with('/')) member.name.erase(0, 1);
    member.index = i;
    member.size = stat.size;
    member.packed = stat.comp_size;
    member.checksum = stat.crc;
    member.method = stat.comp_method;
    member.encrypted = stat.encryption_method != ZIP_EM_NONE;
    handle->members.push_back(std::move(member));
  }
  return ZipFile(std::move(handle));
}

std::vector<ZipMember> const& ZipFile::members() const { return handle_->members; }

ZipMember const* ZipFile::find(std::string_view name) const {
  for (auto const& member : handle_->members)
    if (equal_ignoring_case(member.name, name)) return &member;
  return nullptr;
}

Read<std::unique_ptr<PartStream>> ZipFile::stream(ZipMember const& member) const {
  auto const broken = [&](std::string_view how) {
    return tl::unexpected("is damaged: its part '" + member.name + "' " + std::string(how));
  };
  if (member.encrypted) return tl::unexpected(std::string("is protected by a password"));
  if (is_bomb(member.size, member.packed)) return tl::unexpected(too_large());
  if (member.method != ZIP_CM_STORE && member.method != ZIP_CM_DEFLATE)
    return broken("is packed in a way that workbooks are not");
  OpenMember file(zip_fopen_index(handle_->archive, member.index, ZIP_FL_COMPRESSED));
  if (!file) return broken("cannot be read");
  return std::make_unique<MemberStream>(std::move(file), member, member.method == ZIP_CM_DEFLATE);
}

}  // namespace yekun
