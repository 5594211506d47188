#include "data-loaders/encoding.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <vector>

#include "core/utf8.h"

namespace yekun {
namespace {

struct ConverterClose {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, ConverterClose>;

Converter open_converter(std::string const& name) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &status));
  if (U_FAILURE(status)) return nullptr;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  return U_FAILURE(status) ? nullptr : std::move(converter);
}

/// Through ICU: bytes -> UTF-16 -> UTF-8.
class DecodedStream final : public ByteStream {
 public:
  DecodedStream(Converter converter, std::unique_ptr<ByteStream> stream)
      : converter_(std::move(converter)), stream_(std::move(stream)), block_(std::size_t{1} << 16U) {}

  Result<std::size_t> read(std::span<char> room) override {
    while (taken_ == text_.size() && !ended_) {
      text_.clear();
      taken_ = 0;
      auto count = stream_->read(block_);
      if (!count) return count;
      ended_ = *count == 0;
      decode(*count);
    }
    std::size_t const count = std::min(room.size(), text_.size() - taken_);
    std::copy_n(text_.data() + taken_, count, room.data());
    taken_ += count;
    return count;
  }

 private:
  void decode(std::size_t count) {
    std::array<UChar, 4096> units{};
    char const* at = block_.data();
    char const* const end = at + count;
    while (true) {
      UErrorCode status = U_ZERO_ERROR;
      UChar* to = units.data();
      ucnv_toUnicode(converter_.get(), &to, units.data() + units.size(), &at, end, nullptr, ended_ ? 1 : 0, &status);
      for (UChar const* unit = units.data(); unit < to; ++unit) add(*unit);
      if (status == U_BUFFER_OVERFLOW_ERROR) continue;
      if (U_SUCCESS(status)) break;
      text_ += '\xFF';
      if (at >= end && !ended_) break;
      if (at >= end) {
        ucnv_resetToUnicode(converter_.get());
        break;
      }
    }
    if (ended_ && lead_ != 0) text_ += '\xFF';
  }

  void add(UChar unit) {
    bool const lead = (unit & 0xFC00) == 0xD800;
    bool const trail = (unit & 0xFC00) == 0xDC00;
    if (trail && lead_ != 0) {
      text_ += to_utf8(0x10000 + ((static_cast<char32_t>(lead_) - 0xD800) << 10U) + (unit - 0xDC00U));
      lead_ = 0;
      return;
    }
    if (lead_ != 0 || trail) text_ += '\xFF';
    lead_ = lead ? unit : UChar{0};
    if (unit < 0x80) {
      text_ += static_cast<char>(unit);
    } else if (!lead && !trail) {
      text_ += to_utf8(unit);
    }
  }

  Converter converter_;
  std::unique_ptr<ByteStream> stream_;
  std::vector<char> block_;
  std::string text_;
  std::size_t taken_ = 0;
  UChar lead_ = 0;
  bool ended_ = false;
};

/// One byte, one character: by a table that ICU fills.
class TableStream final : public ByteStream {
 public:
  TableStream(UConverter* converter, std::unique_ptr<ByteStream> stream) : stream_(std::move(stream)) {
    for (std::size_t i = 0; i < 256; ++i) {
      UErrorCode status = U_ZERO_ERROR;
      auto const byte = static_cast<char>(i);
      char const* at = &byte;
      UChar32 const c = ucnv_getNextUChar(converter, &at, at + 1, &status);
      texts_[i] = U_FAILURE(status) || c == 0xFFFD ? std::string("\xFF") : to_utf8(static_cast<char32_t>(c));
      ucnv_resetToUnicode(converter);
    }
  }

  Result<std::size_t> read(std::span<char> room) override {
    while (taken_ == text_.size()) {
      block_.resize(std::size_t{1} << 16U);
      auto count = stream_->read(block_);
      if (!count || *count == 0) return count;
      decode({block_.data(), *count});
    }
    std::size_t const count = std::min(room.size(), text_.size() - taken_);
    std::copy_n(text_.data() + taken_, count, room.data());
    taken_ += count;
    return count;
  }

 private:
  void decode(std::string_view bytes) {
    text_.clear();
    taken_ = 0;
    for (char const byte : bytes) {
      auto const c = static_cast<unsigned char>(byte);
      if (c < 0x80) {
        text_ += byte;
      } else {
        text_ += texts_[c];
      }
    }
  }

  std::unique_ptr<ByteStream> stream_;
  std::array<std::string, 256> texts_;
  std::vector<char> block_;
  std::string text_;
  std::size_t taken_ = 0;
};

}  // namespace

std::optional<TextEncoding> declared_encoding(std::string_view name, std::string_view sample) {
  TextEncoding encoding{.name = lower(name)};
  if (encoding.name == "utf8") encoding.name = "utf-8";
  if (!open_converter(encoding.name)) return std::nullopt;
  TextEncoding const marked = detect_encoding(sample.substr(0, 4));
  bool const same_family = marked.bom > 0 && encoding.name.substr(0, 5) == marked.name.substr(0, 5);
  if (same_family) encoding.bom = marked.bom;
  if (same_family && (encoding.name == "utf-16" || encoding.name == "utf-32")) encoding.name = marked.name;
  return encoding;
}

std::unique_ptr<ByteStream> decoded_stream(TextEncoding const& encoding, std::unique_ptr<ByteStream> stream) {
  auto converter = open_converter(encoding.name);
  if (encoding.is_utf8() || !converter) return stream;
  bool const single = ucnv_getMaxCharSize(converter.get()) == 1 && ucnv_getMinCharSize(converter.get()) == 1;
  if (single) return std::make_unique<TableStream>(converter.get(), std::move(stream));
  return std::make_unique<DecodedStream>(std::move(converter), std::move(stream));
}

}  // namespace yekun
