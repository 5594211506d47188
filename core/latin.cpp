#include "core/latin.h"

#include <unicode/translit.h>

#include <algorithm>

namespace yekun {

struct Latin::Rules {
  std::unique_ptr<icu::Transliterator> to_ascii;
};

namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

Latin::Latin() : rules_(std::make_unique<Rules>()) {}

Latin::~Latin() = default;

std::string Latin::letters(std::string_view text) const {
  if (is_ascii(text)) return std::string(text);
  if (rules_->to_ascii == nullptr) {
    UErrorCode status = U_ZERO_ERROR;
    rules_->to_ascii.reset(icu::Transliterator::createInstance(
        "Russian-Latin/BGN; Any-Latin; NFD; [:Mn:] Remove; NFC; Latin-ASCII", UTRANS_FORWARD, status));
  }
  auto wide = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  wide.findAndReplace(u"\u0259", u"e").findAndReplace(u"\u018F", u"E");  // Azerbaijani schwa, which ICU leaves out
  if (rules_->to_ascii != nullptr) rules_->to_ascii->transliterate(wide);
  std::string latin;
  wide.toUTF8String(latin);
  std::erase_if(latin, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  return latin;
}

}  // namespace yekun
