// Which number formats show dates and times.
#include <string>

#include "data-loaders/xlsx_workbook.h"

namespace yekun {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

struct Letters {
  bool day = false;      // d, y, or an era
  bool month = false;    // m: a month, or a minute beside hours and seconds
  bool hour = false;     // h or s
  bool elapsed = false;  // [h], [mm], [ss]
  bool digits = false;   // # or ?, which no date has
};

/// "[h]", "[mm]", "[ss]": lengths of time; any other bracket is a colour, a condition or a locale.
bool is_elapsed(std::string_view inside) {
  if (inside.empty()) return false;
  char const first = lower(inside[0]);
  if (first != 'h' && first != 'm' && first != 's') return false;
  for (char const c : inside)
    if (lower(c) != first) return false;
  return true;
}

void note(char c, Letters& seen) {
  switch (lower(c)) {
    case 'd':
    case 'y':
      seen.day = true;
      break;
    case 'm':
      seen.month = true;
      break;
    case 'h':
    case 's':
      seen.hour = true;
      break;
    case '#':
    case '?':
      seen.digits = true;
      break;
    default:
      break;
  }
}

/// Letters of the first section, outside quotes, brackets and escapes.
Letters letters_of(std::string_view code) {
  Letters seen;
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    char const c = code[i];
    if (c == '"') {
      i = code.find('"', i + 1);
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '[') {
      auto const end = code.find(']', i);
      if (end == std::string_view::npos) break;
      if (is_elapsed(code.substr(i + 1, end - i - 1))) seen.elapsed = true;
      i = end;
    } else {
      note(c, seen);
    }
    if (i == std::string_view::npos) break;
  }
  return seen;
}

}  // namespace

NumberFormat classify_format(std::string_view code) {
  std::string lowered;
  for (char const c : code) lowered.push_back(lower(c));
  if (lowered == "general" || lowered.starts_with("general;")) return NumberFormat::number;
  auto const seen = letters_of(code);
  if (seen.digits && !seen.elapsed) return NumberFormat::number;
  if (seen.day) return NumberFormat::date;
  if (seen.elapsed || seen.hour) return NumberFormat::time;
  return seen.month ? NumberFormat::date : NumberFormat::number;
}

NumberFormat classify_builtin(std::uint32_t id) {
  if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47)) return NumberFormat::time;
  if (id >= 32 && id <= 35) return NumberFormat::time;  // East Asian hours
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return NumberFormat::date;
  if (id >= 71 && id <= 81) return id >= 75 && id <= 80 && id != 77 ? NumberFormat::time : NumberFormat::date;  // Thai
  return NumberFormat::number;
}

}  // namespace yekun
