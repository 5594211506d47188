// Cells of worksheets as nearly all programs write them, without looking at their tags one by one.
#include <cstring>

#include "data-loaders/xml_reader.h"

namespace yekun {
namespace {

constexpr std::ptrdiff_t kSimpleBytes = 4096;  // in the buffer before a cell is tried
constexpr std::ptrdiff_t kMostAttribute = 32;
constexpr std::ptrdiff_t kMostValue = 2048;

/// The attributes r, s and t behind "<c"; null where there is anything else.
char const* simple_attributes(char const* p, XmlReader::SimpleCell& cell) {
  for (int i = 0; *p == ' '; ++i) {
    if (i == 3 || p[2] != '=' || p[3] != '"') return nullptr;
    char const* const value = p + 4;
    char const* end = value;
    while (*end != '"')
      if (++end - value > kMostAttribute) return nullptr;
    std::string_view const text(value, static_cast<std::size_t>(end - value));
    if (p[1] == 'r')
      cell.address = text;
    else if (p[1] == 's')
      cell.style = text;
    else if (p[1] == 't')
      cell.type = text;
    else
      return nullptr;
    p = end + 1;
  }
  return p;
}

bool starts(char const* at, std::string_view text) { return std::memcmp(at, text.data(), text.size()) == 0; }

/// Behind the text that begins at `from`, if `close` stands there.
char const* simple_value(char const* from, std::string_view close, XmlReader::SimpleCell& cell) {
  auto const* const end = static_cast<char const*>(std::memchr(from, '<', kMostValue));
  if (end == nullptr || !starts(end, close)) return nullptr;
  cell.value = {from, static_cast<std::size_t>(end - from)};
  cell.has_value = end != from;
  return end + close.size();
}

}  // namespace

bool XmlReader::simple_cell(SimpleCell& cell) {
  if (end_ - at_ < kSimpleBytes || at_[0] != '<' || at_[1] != 'c') return false;
  cell = {};
  char const* p = simple_attributes(at_ + 2, cell);
  if (p == nullptr) return false;
  if (starts(p, "/>")) {
    at_ = p + 2;
    return true;
  }
  if (starts(p, "><v>")) {
    p = simple_value(p + 4, "</v></c>", cell);
  } else if (starts(p, "><is><t>")) {
    cell.inline_text = true;
    p = simple_value(p + 8, "</t></is></c>", cell);
  } else {
    return false;
  }
  if (p == nullptr) return false;
  at_ = p;
  return true;
}

}  // namespace yekun
