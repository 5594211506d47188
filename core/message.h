// ICU messages, parsed by ICU and filled in by us, so that numbers keep our rounding and marks. Used by locale.cpp.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "core/locale.h"

namespace yekun {

/// What a message asks of a language. Implemented by Locale.
class MessageLanguage {
 public:
  MessageLanguage() = default;
  MessageLanguage(MessageLanguage const&) = delete;
  MessageLanguage& operator=(MessageLanguage const&) = delete;
  virtual ~MessageLanguage() = default;
  virtual std::string no_data() const = 0;
  virtual std::string date(Date date, bool is_short) const = 0;
  /// ASCII digits ("-1234.50") with the language's marks.
  virtual std::string marked(std::string_view ascii, bool grouped) const = 0;
  virtual std::string with_percent_sign(std::string_view marked) const = 0;
  /// The plural category of a number: "one", "few", ...
  virtual std::string plural(double value, bool ordinal) const = 0;
};

tl::expected<std::string, std::string> fill_in(std::string_view pattern, MessageArguments const& arguments,
                                               MessageLanguage const& language);

/// Byte ranges [first, end) of the literal text of a message, branches included; empty where it does not parse.
std::vector<std::pair<std::size_t, std::size_t>> literal_ranges(std::string_view pattern);

}  // namespace yekun
