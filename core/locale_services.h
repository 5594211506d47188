// What one language needs, loaded when first asked for. Used by locale*.cpp.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "core/locale.h"
#include "core/message.h"
#include "core/texts.h"

namespace yekun {

/// The marks of a language, as CLDR 42 has them (a test compares them with ICU's).
struct Marks {
  std::string_view language;
  char const* icu;  // ICU's name of the locale
  char decimal;
  std::string_view group;
  std::string_view before_percent;
};

Marks const& marks_of(std::string_view language);

struct Locale::Services final : MessageLanguage {
  explicit Services(std::string_view wanted);
  ~Services() override;

  std::string no_data() const override;
  std::string date(Date date, bool is_short) const override;
  std::string marked(std::string_view ascii, bool grouped) const override;
  std::string with_percent_sign(std::string_view marked) const override;
  std::string plural(double value, bool ordinal) const override;

  /// The text of `key`, filled in; the key itself in brackets where there is none.
  std::string say(std::string_view key, MessageArguments const& arguments) const;
  Texts const& texts() const;

  std::string language;
  Marks const& marks;

  struct Lazy;
  std::unique_ptr<Lazy> lazy;
};

}  // namespace yekun
