#include "output/sheet_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cmath>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <thread>

#include "core/utf8.h"

namespace yekun {

namespace {

constexpr std::size_t kLongestText = 32'767;
constexpr std::string_view kText = "\" t=\"inlineStr\"><is><t>";
constexpr std::string_view kSpacedText = "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">";

/// Bytes that stand in XML text as they are and need no look at their neighbours.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> out{};
  for (unsigned c = 0x20; c < 0x7F; ++c) out[c] = c != '&' && c != '<' && c != '>' && c != '_';
  return out;
}();

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return kPlain[static_cast<unsigned char>(c)]; });
}

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); }

/// "_x0041_" is how Excel writes the character 0x41: such a text of the reader's own needs its underscore written so.
bool looks_like_escape(std::string_view text, std::size_t at) {
  return at + 6 < text.size() && text[at + 1] == 'x' && text[at + 6] == '_' &&
         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at) + 2,
                     text.begin() + static_cast<std::ptrdiff_t>(at) + 6, is_hex);
}

bool keeps_space(std::string_view text) {
  return !text.empty() && (text.front() == ' ' || text.back() == ' ' || text.find('\n') != std::string_view::npos ||
                           text.find('\t') != std::string_view::npos || text.find("  ") != std::string_view::npos);
}

std::size_t utf16_units(std::string_view text) {
  std::size_t units = 0;
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    units += (byte & 0xC0U) == 0x80U ? 0 : byte >= 0xF0U ? 2 : 1;
  }
  return units;
}

std::string cut_utf16(std::string_view text, std::size_t most) {
  std::size_t units = 0;
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    auto const byte = static_cast<unsigned char>(text[at]);
    units += (byte & 0xC0U) == 0x80U ? 0 : byte >= 0xF0U ? 2 : 1;
    if (units > most) break;
  }
  return std::string(text.substr(0, at));
}

}  // namespace

std::string cell_text(std::string_view text) {
  std::string safe;
  for (char const c : to_valid_utf8(text))
    if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') safe += c;
  // U+FFFE and U+FFFF are no characters of XML.
  for (char const* const none : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"})
    for (auto at = safe.find(none); at != std::string::npos; at = safe.find(none, at)) safe.erase(at, 3);
  if (safe.size() <= kLongestText || utf16_units(safe) <= kLongestText) return safe;
  return cut_utf16(safe, kLongestText - 1) + "…";
}

std::string column_letters(std::uint16_t column) {
  std::string letters;
  for (unsigned n = column + 1U; n > 0; n = (n - 1) / 26) letters.insert(0, 1, static_cast<char>('A' + (n - 1) % 26));
  return letters;
}

void RowXml::room(std::size_t bytes) {
  if (buffer_.size() - used_ < bytes) buffer_.resize(std::max(2 * buffer_.size(), used_ + bytes));
}

void RowXml::put(std::string_view bytes) {
  std::memcpy(buffer_.data() + used_, bytes.data(), bytes.size());
  used_ += bytes.size();
}

void RowXml::begin(std::uint32_t row) {
  row_ = row;
  row_length_ = static_cast<std::size_t>(
      std::to_chars(row_text_.data(), row_text_.data() + row_text_.size(), row + 1).ptr - row_text_.data());
  room(64);
  put("<row r=\"");
  put({row_text_.data(), row_length_});
  put("\">");
}

void RowXml::end() {
  room(16);
  put("</row>");
}

std::string RowXml::name(std::uint16_t column) const {
  return column_letters(column) + std::string(row_text_.data(), row_length_);
}

void RowXml::refuse(std::uint16_t column) {
  if (refused_.empty()) refused_ = name(column);
}

void RowXml::open(std::uint16_t column, std::size_t style, std::string_view rest) {
  if (column >= kMostColumns || row_ >= kMostRows) refuse(column);
  room(160);
  put("<c s=\"");  // before the reference: so it deflates together with the end of the last cell
  put(styles_[style]);
  put("\" r=\"");
  if (column < 26)
    buffer_[used_++] = static_cast<char>('A' + column);
  else
    put(column_letters(column));
  put({row_text_.data(), row_length_});
  put(rest);
}

void RowXml::put_number(double value) {
  char* const from = buffer_.data() + used_;
  used_ += static_cast<std::size_t>(std::to_chars(from, from + 32, value).ptr - from);
}

void RowXml::number(std::uint16_t column, double value, std::size_t style) {
  if (!std::isfinite(value)) return refuse(column);
  open(column, style, "\"><v>");
  put_number(value);
  put("</v></c>");
}

void RowXml::number(std::uint16_t column, std::int64_t value, std::size_t style) {
  open(column, style, "\"><v>");
  char* const from = buffer_.data() + used_;
  used_ += static_cast<std::size_t>(std::to_chars(from, from + 32, value).ptr - from);
  put("</v></c>");
}

void RowXml::put_escaped(std::string_view text, bool formula) {
  room(8 * text.size() + 32);  // "_" may become "_x005F_"
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    if (c == '&')
      put("&amp;");
    else if (c == '<')
      put("&lt;");
    else if (c == '>')
      put("&gt;");
    else if (c == '_' && !formula && looks_like_escape(text, i))
      put("_x005F_");
    else
      buffer_[used_++] = c;
  }
}

void RowXml::text(std::uint16_t column, std::string_view text, std::size_t style) {
  if (is_plain(text) && text.size() <= kLongestText && !keeps_space(text)) {
    open(column, style, kText);
    room(text.size() + 32);
    put(text);
  } else {
    std::string const safe = cell_text(text);
    open(column, style, keeps_space(safe) ? kSpacedText : kText);
    put_escaped(safe, false);
  }
  put("</t></is></c>");
}

void RowXml::formula(std::uint16_t column, std::string_view formula, double cached, std::size_t style) {
  if (!std::isfinite(cached)) return refuse(column);
  open(column, style, "\"><f>");
  put_escaped(formula, true);
  room(64);
  put("</f><v>");
  put_number(cached);
  put("</v></c>");
}

void RowXml::formula(std::uint16_t column, std::string_view formula, std::string_view cached, std::size_t style) {
  open(column, style, "\" t=\"str\"><f>");
  put_escaped(formula, true);
  room(16);
  put("</f><v>");
  put_escaped(cell_text(cached), false);
  put("</v></c>");
}

void RowXml::array_formula(std::uint16_t column, std::string_view formula, double cached, std::size_t style) {
  if (!std::isfinite(cached)) return refuse(column);
  open(column, style, "\"><f t=\"array\" ref=\"");
  put(name(column));
  put("\">");
  put_escaped(formula, true);
  room(64);
  put("</f><v>");
  put_number(cached);
  put("</v></c>");
}

namespace {

/// Pieces made by any thread, appended in their order.
class PieceLine {
 public:
  PieceLine(PackageWriter& writer, RowSource const& source, std::vector<std::string> const& styles)
      : writer_(writer), source_(source), styles_(styles) {}

  void run(unsigned threads) {
    auto const pieces = (source_.count + kRowsAPiece - 1) / kRowsAPiece;
    std::vector<std::thread> others;
    for (unsigned i = 1; i < std::min<unsigned>(threads, pieces); ++i) others.emplace_back([this] { work(); });
    work();
    for (auto& one : others) one.join();
  }

  std::string const& refused() const { return refused_; }

 private:
  void work() {
    RowXml rows(styles_);
    while (true) {
      std::uint32_t const piece = next_++;
      if (std::uint64_t{piece} * kRowsAPiece >= source_.count) return;
      std::uint32_t const first = piece * kRowsAPiece;
      rows.clear();
      source_.write(rows, first, std::min(kRowsAPiece, source_.count - first));
      PackedPiece const packed = pack_piece(rows.xml(), false);
      std::unique_lock lock(mutex_);
      turned_.wait(lock, [&] { return turn_ == piece; });
      writer_.append(packed);
      if (refused_.empty()) refused_ = rows.refused();
      ++turn_;
      turned_.notify_all();
    }
  }

  PackageWriter& writer_;
  RowSource const& source_;
  std::vector<std::string> const& styles_;
  std::atomic<std::uint32_t> next_{0};
  std::mutex mutex_{};
  std::condition_variable turned_{};
  std::uint32_t turn_ = 0;
  std::string refused_{};
};

}  // namespace

std::string write_rows(PackageWriter& writer, std::string_view head, std::string_view tail, RowSource const& source,
                       std::vector<std::string> const& styles, unsigned threads) {
  writer.append(pack_piece(head, false));
  PieceLine line(writer, source, styles);
  line.run(threads);
  writer.append(pack_piece(tail, true));
  return line.refused();
}

}  // namespace yekun
