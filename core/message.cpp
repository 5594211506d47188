#include "core/message.h"

#include <fmt/format.h>
#include <unicode/messagepattern.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/message_number.h"
#include "core/utf8.h"

namespace yekun {
namespace {

using icu::MessagePattern;
using Filled = tl::expected<std::string, std::string>;

constexpr int kMaxNesting = 40;
constexpr std::size_t kMaxLength = 100'000;

std::string utf8(icu::UnicodeString const& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

/// ICU parses recursively: the braces are counted first.
bool too_deep(std::string_view pattern) {
  int depth = 0;
  int deepest = 0;
  for (char const c : pattern) {
    if (c == '{') deepest = std::max(deepest, ++depth);
    if (c == '}') --depth;
  }
  return deepest > kMaxNesting || pattern.size() > kMaxLength;
}

struct ParsedPattern {
  MessagePattern pattern;
  std::string error{};
};

std::string reworded(UErrorCode status, UParseError const& where) {
  std::string const near = utf8(icu::UnicodeString(where.preContext)) + utf8(icu::UnicodeString(where.postContext));
  if (status == U_UNMATCHED_BRACES) return "a '{' of the text is not closed with '}'";
  if (status == U_DEFAULT_KEYWORD_MISSING)
    return fmt::format("a plural or select needs a branch 'other {{...}}' near '{}'", near);
  return fmt::format("the text is not a well-formed message near '{}'", near);
}

ParsedPattern parse(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  ParsedPattern out{MessagePattern(UMSGPAT_APOS_DOUBLE_OPTIONAL, status), {}};
  if (too_deep(text)) {
    out.error = "the text has too many braces in braces, or is too long";
    return out;
  }
  UParseError where{};
  auto const wide = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  out.pattern.parse(wide, &where, status);
  if (U_FAILURE(status) != 0) out.error = reworded(status, where);
  return out;
}

/// One filling-in of one pattern.
class Filling {
 public:
  Filling(MessagePattern const& pattern, MessageArguments const& arguments, MessageLanguage const& language)
      : pattern_(pattern), text_(pattern.getPatternString()), arguments_(arguments), language_(language) {}

  std::string take_error() { return std::move(error_); }

  /// The sub-message that starts at part `start`; `hash` is what '#' stands for.
  std::string message(int start, std::string const& hash) {
    std::string out;
    int from = pattern_.getPart(start).getLimit();
    for (int i = start + 1; error_.empty(); ++i) {
      auto const& part = pattern_.getPart(i);
      out += utf8(text_.tempSubStringBetween(from, part.getIndex()));
      if (part.getType() == UMSGPAT_PART_TYPE_MSG_LIMIT) break;
      from = part.getLimit();
      if (part.getType() == UMSGPAT_PART_TYPE_REPLACE_NUMBER) out += hash;
      if (part.getType() != UMSGPAT_PART_TYPE_ARG_START) continue;
      int const limit = pattern_.getLimitPartIndex(i);
      out += argument(i, part.getArgType());
      from = pattern_.getPart(limit).getLimit();
      i = limit;
    }
    return out;
  }

 private:
  std::string part_text(int i) const { return utf8(pattern_.getSubstring(pattern_.getPart(i))); }

  std::string argument(int start, UMessagePatternArgType type) {
    std::string const name = part_text(start + 1);
    auto const found = arguments_.find(name);
    if (found == arguments_.end()) {
      std::vector<std::string> names;
      for (auto const& [known, value] : arguments_) names.push_back(known);
      auto const near = nearest(name, names);
      error_ = fmt::format("the text uses {{{}}}, which is not given here{}", name,
                           near.empty() ? "" : fmt::format("; did you mean {{{}}}?", near));
      return {};
    }
    MessageValue const& value = found->second;
    switch (type) {
      case UMSGPAT_ARG_TYPE_NONE:
        return plain(value);
      case UMSGPAT_ARG_TYPE_SIMPLE:
        return styled(name, start + 2, value);
      case UMSGPAT_ARG_TYPE_PLURAL:
        return plural(start + 2, value, false);
      case UMSGPAT_ARG_TYPE_SELECTORDINAL:
        return plural(start + 2, value, true);
      case UMSGPAT_ARG_TYPE_SELECT:
        return select(start + 2, value);
      default:
        error_ = fmt::format("choice in {{{}}} is not supported, use plural or select", name);
    }
    return {};
  }

  std::string plain(MessageValue const& value) const {
    if (auto const* const text = std::get_if<std::string>(&value)) return *text;
    if (auto const* const date = std::get_if<Date>(&value)) return language_.date(*date, false);
    return number(value, {});
  }

  std::string number(MessageValue const& value, NumberStyle const& style) const {
    auto const ascii = ascii_number(value, style);
    if (!ascii) return language_.no_data();
    std::string const marked = language_.marked(*ascii, style.grouped);
    return style.percent ? language_.with_percent_sign(marked) : marked;
  }

  std::string styled(std::string const& name, int at, MessageValue const& value) {
    std::string const type = part_text(at);
    bool const has_style = pattern_.getPartType(at + 1) == UMSGPAT_PART_TYPE_ARG_STYLE;
    std::string const style = has_style ? clean(part_text(at + 1)) : "";
    if (auto const* const text = std::get_if<std::string>(&value)) return *text;
    if (type == "number") {
      auto const parsed = parse_number_style(style);
      if (!parsed)
        error_ = fmt::format("{{{}}} has the number style '{}', expected integer, percent or a pattern like #,##0.0",
                             name, style);
      else if (std::holds_alternative<Date>(value))
        error_ = fmt::format("{{{}}} is a date, not a number", name);
      else
        return number(value, *parsed);
      return {};
    }
    if (type == "date") {
      if (std::holds_alternative<std::monostate>(value)) return language_.no_data();
      if (auto const* const date = std::get_if<Date>(&value)) return language_.date(*date, style == "short");
      error_ = fmt::format("{{{}}} is a number, not a date", name);
      return {};
    }
    error_ =
        fmt::format("{{{}}} has the type '{}', expected number, date, plural, selectordinal or select", name, type);
    return {};
  }

  std::string plural(int at, MessageValue const& value, bool ordinal) {
    if (auto const* const text = std::get_if<std::string>(&value)) return *text;
    auto const number_value = as_double(value);
    if (!number_value) return language_.no_data();
    double const offset = pattern_.getPluralOffset(at);
    if (offset != 0) ++at;
    std::string category;
    int chosen = -1;
    for (; pattern_.getPartType(at) != UMSGPAT_PART_TYPE_ARG_LIMIT;) {
      std::string const selector = part_text(at);
      bool const exact = MessagePattern::Part::hasNumericValue(pattern_.getPartType(at + 1)) != 0;
      int const branch = exact ? at + 2 : at + 1;
      if (exact && pattern_.getNumericValue(pattern_.getPart(at + 1)) == *number_value) {
        chosen = branch;
        break;
      }
      if (!exact && category.empty()) category = language_.plural(*number_value - offset, ordinal);
      bool const wanted = !exact && (selector == category || (selector == "other" && chosen < 0));
      if (wanted) chosen = branch;
      at = pattern_.getLimitPartIndex(branch) + 1;
    }
    std::string const hash = offset == 0 ? number(value, {}) : number(MessageValue(*number_value - offset), {});
    return message(chosen, hash);
  }

  std::string select(int at, MessageValue const& value) {
    std::string wanted = "missing";
    if (!std::holds_alternative<std::monostate>(value)) {
      auto const ascii = ascii_number(value, NumberStyle{});
      auto const* const text = std::get_if<std::string>(&value);
      wanted = text != nullptr ? *text : ascii.value_or("other");
    }
    int chosen = -1;
    for (; pattern_.getPartType(at) != UMSGPAT_PART_TYPE_ARG_LIMIT; at = pattern_.getLimitPartIndex(at + 1) + 1) {
      std::string const selector = part_text(at);
      if (selector == wanted || (selector == "other" && chosen < 0)) chosen = at + 1;
      if (selector == wanted) break;
    }
    return message(chosen, {});
  }

  MessagePattern const& pattern_;
  icu::UnicodeString const& text_;
  MessageArguments const& arguments_;
  MessageLanguage const& language_;
  std::string error_{};
};

}  // namespace

Filled fill_in(std::string_view pattern, MessageArguments const& arguments, MessageLanguage const& language) {
  if (pattern.find_first_of("{}'") == std::string_view::npos) return std::string(pattern);
  auto const parsed = parse(pattern);
  if (!parsed.error.empty()) return tl::unexpected<std::string>(parsed.error);
  Filling filling(parsed.pattern, arguments, language);
  std::string out = filling.message(0, "#");
  if (auto error = filling.take_error(); !error.empty()) return tl::unexpected<std::string>(std::move(error));
  return out;
}

std::vector<std::pair<std::size_t, std::size_t>> literal_ranges(std::string_view text) {
  auto const parsed = parse(text);
  std::vector<std::pair<std::size_t, std::size_t>> ranges;
  if (!parsed.error.empty()) return ranges;
  MessagePattern const& pattern = parsed.pattern;
  auto const& wide = pattern.getPatternString();
  auto const bytes = [&](int from, int to) { return utf8(wide.tempSubStringBetween(from, to)).size(); };
  std::vector<bool> in_message;  // per nesting level of messages: whether we are directly in its text
  int from = 0;
  std::size_t offset = 0;
  for (int i = 0; i < pattern.countParts(); ++i) {
    auto const& part = pattern.getPart(i);
    std::size_t const length = part.getIndex() > from ? bytes(from, part.getIndex()) : 0;
    if (length > 0 && !in_message.empty() && in_message.back()) ranges.emplace_back(offset, offset + length);
    offset += length;
    from = std::max(from, part.getIndex());
    offset += part.getLimit() > from ? bytes(from, part.getLimit()) : 0;
    from = std::max(from, part.getLimit());
    if (part.getType() == UMSGPAT_PART_TYPE_MSG_START) in_message.push_back(true);
    if (part.getType() == UMSGPAT_PART_TYPE_ARG_START) in_message.push_back(false);
    if (part.getType() == UMSGPAT_PART_TYPE_MSG_LIMIT || part.getType() == UMSGPAT_PART_TYPE_ARG_LIMIT)
      in_message.pop_back();
  }
  return ranges;
}

tl::expected<std::vector<std::string>, std::string> message_arguments(std::string_view text) {
  auto const parsed = parse(text);
  if (!parsed.error.empty()) return tl::unexpected<std::string>(parsed.error);
  std::set<std::string> names;
  for (int i = 0; i < parsed.pattern.countParts(); ++i) {
    auto const type = parsed.pattern.getPartType(i);
    if (type == UMSGPAT_PART_TYPE_ARG_NAME) names.insert(utf8(parsed.pattern.getSubstring(parsed.pattern.getPart(i))));
    if (type == UMSGPAT_PART_TYPE_ARG_NUMBER)
      return tl::unexpected<std::string>("the text numbers its arguments, expected names such as {people}");
  }
  return std::vector<std::string>(names.begin(), names.end());
}

}  // namespace yekun
