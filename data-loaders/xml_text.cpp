// Text of XML: references, Office's escapes, rich text.
#include <charconv>

#include "core/utf8.h"
#include "data-loaders/xml_reader.h"

namespace yekun {
namespace {

/// One reference's name (without & and ;), appended. False if it is not known.
bool append_reference(std::string_view name, std::string& out) {
  if (name == "lt") return out.push_back('<'), true;
  if (name == "gt") return out.push_back('>'), true;
  if (name == "amp") return out.push_back('&'), true;
  if (name == "quot") return out.push_back('"'), true;
  if (name == "apos") return out.push_back('\''), true;
  if (name.size() < 2 || name[0] != '#') return false;
  bool const hex = name[1] == 'x' || name[1] == 'X';
  name.remove_prefix(hex ? 2 : 1);
  std::uint32_t point = 0;
  auto const [last, error] = std::from_chars(name.data(), name.data() + name.size(), point, hex ? 16 : 10);
  if (error != std::errc{} || last != name.data() + name.size()) return false;
  if (point == 0 || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return false;
  out += to_utf8(static_cast<char32_t>(point));
  return true;
}

}  // namespace

bool decode_xml(std::string_view raw, std::string& out) {
  while (!raw.empty()) {
    auto const mark = raw.find('&');
    out.append(raw.substr(0, mark));
    if (mark == std::string_view::npos) return true;
    auto const end = raw.find(';', mark);
    if (end == std::string_view::npos || end - mark > 12) return false;
    if (!append_reference(raw.substr(mark + 1, end - mark - 1), out)) return false;
    raw.remove_prefix(end + 1);
  }
  return true;
}

namespace {

/// The UTF-16 unit of "_xHHHH_" at `at`; -1 if there is none.
int office_escape(std::string_view text, std::size_t at) {
  if (at + 7 > text.size() || text[at] != '_' || text[at + 1] != 'x' || text[at + 6] != '_') return -1;
  unsigned unit = 0;
  auto const [last, error] = std::from_chars(text.data() + at + 2, text.data() + at + 6, unit, 16);
  return error == std::errc{} && last == text.data() + at + 6 ? static_cast<int>(unit) : -1;
}

}  // namespace

void decode_office_escapes(std::string& text) {
  std::size_t at = text.find("_x");
  if (at == std::string::npos) return;
  std::string out(text, 0, at);
  while (at < text.size()) {
    int const unit = office_escape(text, at);
    if (unit < 0) {
      out.push_back(text[at++]);
      continue;
    }
    at += 7;
    auto point = static_cast<char32_t>(unit);
    int const low = unit >= 0xD800 && unit < 0xDC00 ? office_escape(text, at) : -1;
    if (low >= 0xDC00 && low < 0xE000) {
      point = 0x10000U + ((static_cast<char32_t>(unit) - 0xD800U) << 10U) + (static_cast<char32_t>(low) - 0xDC00U);
      at += 7;
    }
    if (point >= 0xD800 && point < 0xE000) point = 0xFFFD;
    out += to_utf8(point);
  }
  text = std::move(out);
}

bool read_rich_text(XmlReader& xml, std::string& out) {
  if (xml.empty()) return true;
  int const inside = xml.depth();
  std::size_t const start = out.size();
  while (xml.depth() >= inside) {
    XmlEvent const event = xml.next();
    if (event == XmlEvent::failed || event == XmlEvent::end) return false;
    if (event == XmlEvent::close || xml.empty()) continue;
    if (xml.name() == "rPh") {
      if (!xml.skip()) return false;
    } else if (xml.name() == "t") {
      auto const text = xml.text();
      if (text.failed) return false;
      if (text.decoded) {
        out += text.raw;
      } else if (!decode_xml(text.raw, out)) {
        xml.fail("holds an XML entity that is not known");
        return false;
      }
    }
  }
  if (out.find("_x", start) != std::string::npos) {
    std::string tail = out.substr(start);
    decode_office_escapes(tail);
    out.replace(start, std::string::npos, tail);
  }
  return true;
}

}  // namespace yekun
