#include "core/locale.h"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/coll.h>
#include <unicode/plurrule.h>
#include <unicode/stringpiece.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cmath>

#include "core/locale_services.h"
#include "core/utf8.h"

namespace yekun {
namespace {

constexpr std::string_view kNoBreakSpace = "\u00A0";
constexpr std::string_view kMinus = "\u2212";

constexpr Marks kMarks[] = {
    {"az", "az", ',', ".", ""},
    {"ka", "ka", ',', kNoBreakSpace, ""},
    {"tk", "tk", ',', kNoBreakSpace, kNoBreakSpace},
    {"ru", "ru", ',', kNoBreakSpace, kNoBreakSpace},
    {"en", "en_001", '.', ",", ""},  // English outside the United States: "14 July 2025", "a, b and c"
    {"qps", "en_001", '.', ",", ""},
};

icu::StringPiece piece(std::string_view text) {
  return icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()));
}

}  // namespace

Marks const& marks_of(std::string_view language) {
  for (auto const& marks : kMarks)
    if (marks.language == language) return marks;
  return kMarks[4];
}

struct Locale::Services::Lazy {
  std::once_flag texts_once, plurals_once, collator_once;
  Texts texts;
  std::unique_ptr<icu::PluralRules> cardinal, ordinal;
  std::unique_ptr<icu::Collator> collator;
};

Locale::Services::Services(std::string_view wanted)
    : language(marks_of(wanted).language), marks(marks_of(wanted)), lazy(std::make_unique<Lazy>()) {}

Locale::Services::~Services() = default;

Texts const& Locale::Services::texts() const {
  std::call_once(lazy->texts_once, [&] {
    if (auto loaded = load_texts(language)) lazy->texts = std::move(*loaded);
  });
  return lazy->texts;
}

std::string Locale::Services::say(std::string_view key, MessageArguments const& arguments) const {
  auto const found = texts().find(key);
  std::string const bracketed = "[" + std::string(key) + "]";
  return found == texts().end() ? bracketed : fill_in(found->second, arguments, *this).value_or(bracketed);
}

std::string Locale::Services::no_data() const { return say("state.missing", {}); }

std::string Locale::Services::marked(std::string_view ascii, bool grouped) const {
  std::string out;
  if (ascii.starts_with('-')) {
    out = kMinus;
    ascii.remove_prefix(1);
  }
  auto const point = std::min(ascii.find('.'), ascii.size());
  for (std::size_t i = 0; i < point; ++i) {
    if (grouped && i > 0 && (point - i) % 3 == 0) out += marks.group;
    out += ascii[i];
  }
  if (point < ascii.size()) {
    out += marks.decimal;
    out += ascii.substr(point + 1);
  }
  return out;
}

std::string Locale::Services::with_percent_sign(std::string_view marked) const {
  return std::string(marked) + std::string(marks.before_percent) + "%";
}

std::string Locale::Services::plural(double value, bool ordinal) const {
  std::call_once(lazy->plurals_once, [&] {
    UErrorCode status = U_ZERO_ERROR;
    icu::Locale const locale(marks.icu);
    lazy->cardinal.reset(icu::PluralRules::forLocale(locale, UPLURAL_TYPE_CARDINAL, status));
    lazy->ordinal.reset(icu::PluralRules::forLocale(locale, UPLURAL_TYPE_ORDINAL, status));
  });
  auto const& rules = ordinal ? lazy->ordinal : lazy->cardinal;
  if (!rules) return "other";
  std::string out;
  rules->select(value).toUTF8String(out);
  return out;
}

Locale::Locale(std::string_view language) : services_(std::make_unique<Services>(language)) {}
Locale::~Locale() = default;
Locale::Locale(Locale&&) noexcept = default;
Locale& Locale::operator=(Locale&&) noexcept = default;

std::string const& Locale::language() const { return services_->language; }
char Locale::decimal_mark() const { return services_->marks.decimal; }
std::string Locale::group_mark() const { return std::string(services_->marks.group); }
Texts const& Locale::texts() const { return services_->texts(); }

std::string Locale::number(Decimal value, int places) const { return services_->marked(to_fixed(value, places), true); }

std::string Locale::number(double value, int places) const {
  return std::isfinite(value) ? services_->marked(to_fixed(value, places), true) : services_->no_data();
}

std::string Locale::whole(std::int64_t value) const { return services_->marked(std::to_string(value), true); }

std::string Locale::percent(double fraction, int places) const {
  if (!std::isfinite(fraction)) return services_->no_data();
  return services_->with_percent_sign(services_->marked(to_fixed(fraction, places, 2), true));
}

std::string Locale::list(std::vector<std::string> const& items) const {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i == 0)
      out = items[i];
    else
      out = services_->say(i + 1 < items.size() ? "list.middle" : "list.end", {{"before", out}, {"after", items[i]}});
  }
  return out;
}

tl::expected<std::string, std::string> Locale::message(std::string_view pattern,
                                                       MessageArguments const& arguments) const {
  return fill_in(pattern, arguments, *services_);
}

int Locale::compare(std::string_view a, std::string_view b) const {
  auto& lazy = *services_->lazy;
  std::call_once(lazy.collator_once, [&] {
    UErrorCode status = U_ZERO_ERROR;
    lazy.collator.reset(icu::Collator::createInstance(icu::Locale(services_->marks.icu), status));
    if (U_FAILURE(status) != 0) lazy.collator.reset();
  });
  int order = 0;
  if (lazy.collator) {
    UErrorCode status = U_ZERO_ERROR;
    order = lazy.collator->compareUTF8(piece(a), piece(b), status);
  }
  if (order != 0) return order;
  int const bytes = a.compare(b);  // UTF-8 orders as its code points do
  return bytes < 0 ? -1 : bytes > 0 ? 1 : 0;
}

void Locale::sort(std::vector<std::string>& texts) const {
  std::stable_sort(texts.begin(), texts.end(), [&](auto const& a, auto const& b) { return compare(a, b) < 0; });
}

std::string Locale::lower(std::string_view text) const {
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  UErrorCode status = U_ZERO_ERROR;
  icu::CaseMap::utf8ToLower(services_->marks.icu, 0, piece(text), sink, nullptr, status);
  return U_FAILURE(status) != 0 ? to_valid_utf8(text) : out;
}

std::string_view text_in(LocalText const& text, std::string_view language) {
  for (std::string_view const wanted : {language, std::string_view("en")})
    if (auto const found = text.find(std::string(wanted)); found != text.end()) return found->second;
  return text.empty() ? std::string_view() : std::string_view(text.begin()->second);
}

}  // namespace yekun
