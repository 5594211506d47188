// Numbers, dates, plurals, lists and sorting as readers of az, ka, tk, ru and en expect them. Over ICU; no environment.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/date.h"
#include "core/decimal.h"
#include "core/diagnostic.h"
#include "core/period.h"

namespace yekun {

/// A text in several languages: {"az": "...", "en": "..."}.
using LocalText = std::map<std::string, std::string>;

/// The text in `language`, else in English, else in the first there is; empty if there is none.
std::string_view text_in(LocalText const& text, std::string_view language);

/// An argument of a message. A missing number is monostate and reads as the language's "no data".
using MessageValue = std::variant<std::monostate, std::int64_t, Decimal, double, Date, std::string>;
using MessageArguments = std::map<std::string, MessageValue>;

/// Cheap to make: everything costly (collation, plural rules, texts) is loaded when it is first needed. Safe to use
/// from several threads at once.
class Locale {
 public:
  /// `language` is az, ka, tk, ru, en, or "qps" (the pseudo-language of the tests: English, lengthened and bracketed).
  /// Anything else is English.
  explicit Locale(std::string_view language);
  ~Locale();
  Locale(Locale&&) noexcept;
  Locale& operator=(Locale&&) noexcept;

  std::string const& language() const;
  char decimal_mark() const;       // '.' or ','
  std::string group_mark() const;  // U+00A0 (ka, tk, ru), "." (az) or "," (en)

  /// Grouped, `places` decimals, rounded half away from zero; the minus sign is U+2212. A double that is not finite
  /// reads as "no data".
  std::string number(Decimal value, int places) const;
  std::string number(double value, int places) const;
  std::string whole(std::int64_t value) const;
  /// 0.934 -> "93.4%" or "93,4 %" as the language has it, `places` decimals of the percentage.
  std::string percent(double fraction, int places) const;
  /// "14 iyul 2025", "14 July 2025", ...
  std::string date_long(Date date) const;
  /// "14.07.2025"; in English "14 Jul 2025", which no reader takes for another day
  std::string date_short(Date date) const;
  std::string month_name(int month) const;  // stand-alone form
  std::string month_short(int month) const;
  /// "3rd quarter of 2025", "July 2025", "2025", "Fiscal year 2025", "1-14 July 2025", ... A clipped period keeps the
  /// name of the whole one; text "period.partial" marks it.
  std::string period(Period const& period) const;
  /// For axes and narrow columns: "Q3 2025", "Jul 2025".
  std::string period_short(Period const& period) const;
  /// "a, b and c".
  std::string list(std::vector<std::string> const& items) const;

  /// Formats an ICU message with named arguments: {x}, number (integer, percent, "#,##0.0", "::.00"), plural,
  /// selectordinal, select, date (short, long). A missing number, date or plural reads as the language's "no data"; a
  /// select takes its branch "missing" if it has one. A text given where a number is asked for is inserted as it is.
  /// Numbers without a style have up to three decimals. The error is a message without place.
  tl::expected<std::string, std::string> message(std::string_view pattern, MessageArguments const& arguments) const;

  /// Three-way comparison by the language's collation; ties by code point.
  int compare(std::string_view a, std::string_view b) const;
  void sort(std::vector<std::string>& texts) const;
  /// Lower case by the language's rules. There is no upper: Georgian is never upper-cased.
  std::string lower(std::string_view text) const;

  /// The program's own texts in this language: key -> ICU message. catalogue.h fills them in.
  std::map<std::string, std::string, std::less<>> const& texts() const;

 private:
  struct Services;
  std::unique_ptr<Services> services_;
};

/// Names of the arguments a message uses; the error is a message without place.
tl::expected<std::vector<std::string>, std::string> message_arguments(std::string_view pattern);

inline constexpr std::string_view kLanguages[] = {"az", "ka", "tk", "ru", "en"};

}  // namespace yekun
