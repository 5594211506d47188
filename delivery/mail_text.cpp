#include "delivery/mail_text.h"

#include <algorithm>
#include <vector>

#include "core/utf8.h"
#include "output/markup.h"

namespace yekun {
namespace {

constexpr std::size_t kLine = 76;
constexpr std::string_view kHex = "0123456789ABCDEF";

/// Valid UTF-8 in which every control character is a space.
std::string one_line(std::string_view value) {
  std::string out = to_valid_utf8(value);
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return out;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Where the code point that begins at `at` ends.
std::size_t next_code_point(std::string_view text, std::size_t at) {
  ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80) ++at;
  return at;
}

/// Pieces of at most `bytes` bytes, cut between code points.
std::vector<std::string_view> cut(std::string_view text, std::size_t bytes) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    auto const next = next_code_point(text, at);
    if (next - begin > bytes) {
      out.push_back(text.substr(begin, at - begin));
      begin = at;
    }
    at = next;
  }
  if (begin < text.size()) out.push_back(text.substr(begin));
  return out;
}

/// RFC 2047: an encoded word has at most 75 characters, of which 12 are its frame. 36 bytes make 60 in all, which fit
/// on one line with the header's name.
std::vector<std::string> encoded_words(std::string_view text) {
  std::vector<std::string> words;
  for (auto const piece : cut(text, 36)) words.push_back("=?UTF-8?B?" + to_base64(piece) + "?=");
  return words;
}

/// Words set on lines of at most 76 characters; continued lines begin with a space.
std::string folded(std::string_view name, std::vector<std::string> const& words) {
  std::string out(name);
  out += ':';
  std::size_t width = out.size();
  for (auto const& word : words) {
    bool const begins = width <= name.size() + 1;
    if (!begins && width + 1 + word.size() > kLine) {
      out += "\r\n";
      width = 0;
    }
    out += ' ';
    out += word;
    width += 1 + word.size();
  }
  return out + "\r\n";
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while (at < text.size()) {
    auto const end = std::min(text.find(' ', at), text.size());
    if (end > at) words.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

/// Whether each word has room on a line of 998 characters, the most that there may be.
bool fits(std::vector<std::string> const& words) {
  return std::all_of(words.begin(), words.end(), [](auto const& word) { return word.size() <= 900; });
}

bool is_atom(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-/=?^_`{|}~ ").find(c) != std::string_view::npos;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (char const c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

/// RFC 2231's attribute characters stay; everything else is %XX.
std::string percent_encoded(std::string_view text) {
  std::string out;
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    bool const plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15U];
    }
  }
  return out;
}

}  // namespace

std::string header_line(std::string_view name, std::string_view value) {
  std::string const text = one_line(value);
  // A text that looks like an encoded word would be decoded by the reader's program: it is encoded too.
  bool const plain = is_ascii(text) && text.find("=?") == std::string::npos;
  auto words = plain ? words_of(text) : encoded_words(text);
  return folded(name, fits(words) ? words : encoded_words(text));
}

std::string structured_header_line(std::string_view name, std::string_view value) {
  return folded(name, words_of(one_line(value)));
}

std::string phrase(std::string_view name) {
  std::string const text = one_line(name);
  if (!is_ascii(text) || text.find("=?") != std::string::npos || !fits(words_of(text))) {
    std::string out;
    for (auto const& word : encoded_words(text)) out += (out.empty() ? "" : " ") + word;
    return out;
  }
  return std::all_of(text.begin(), text.end(), is_atom) ? text : quoted(text);
}

std::string to_header(MailAddress const& address) {
  return address.name.empty() ? address.address : phrase(address.name) + " <" + address.address + ">";
}

std::string parameter(std::string_view name, std::string_view value) {
  std::string const text = one_line(value);
  std::string const lead = ";\r\n " + std::string(name);
  if (is_ascii(text) && text.size() <= 60) return lead + '=' + quoted(text);
  auto const pieces = cut(text, 18);  // 54 characters where all are encoded
  if (pieces.size() == 1) return lead + "*=UTF-8''" + percent_encoded(text);
  std::string out;
  for (std::size_t i = 0; i < pieces.size(); ++i)
    out += lead + '*' + std::to_string(i) + "*=" + (i == 0 ? "UTF-8''" : "") + percent_encoded(pieces[i]);
  return out;
}

std::string quoted_printable(std::string_view text) {
  std::string out;
  std::size_t width = 0;
  auto const put = [&](std::string_view piece) {
    if (width + piece.size() > kLine - 1) {
      out += "=\r\n";
      width = 0;
    }
    out += piece;
    width += piece.size();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    auto const byte = static_cast<unsigned char>(c);
    bool const ends = i + 1 == text.size() || text[i + 1] == '\n' || text[i + 1] == '\r';
    if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    if (c == '\n' || c == '\r') {
      out += "\r\n";
      width = 0;
    } else if ((byte >= 33 && byte <= 126 && c != '=' && !(c == '.' && width == 0)) || (c == ' ' && !ends)) {
      put({&c, 1});
    } else {
      char const coded[] = {'=', kHex[byte >> 4], kHex[byte & 15U]};
      put({coded, 3});
    }
  }
  return out.empty() || out.ends_with("\r\n") ? out : out + "\r\n";
}

std::string base64_lines(std::string_view bytes) {
  std::string const all = to_base64(bytes);
  std::string out;
  out.reserve(all.size() + all.size() / 38 + 2);
  for (std::size_t at = 0; at < all.size(); at += kLine) {
    out.append(all, at, kLine);
    out += "\r\n";
  }
  return out;
}

}  // namespace yekun
