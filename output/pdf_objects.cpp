#include "output/pdf_objects.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "core/utf8.h"
#include "output/digest.h"

namespace yekun {

namespace {

constexpr std::size_t kMostPacked = 200;  // objects a stream: readers unpack one to see one object

void append_hex(std::string& out, unsigned unit) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (int shift = 12; shift >= 0; shift -= 4) out += kDigits[(unit >> static_cast<unsigned>(shift)) & 15U];
}

std::string literal(std::string_view ascii) {
  std::string out = "(";
  for (char const c : ascii) {
    if (c == '(' || c == ')' || c == '\\') out += '\\';
    out += c;
  }
  return out + ")";
}

}  // namespace

std::string pdf_utf16(std::string_view utf8) {
  std::string out;
  for (char32_t const c : to_code_points(to_valid_utf8(utf8))) {
    if (c > 0xFFFF) append_hex(out, 0xD800U + ((c - 0x10000U) >> 10U));
    append_hex(out, c > 0xFFFF ? 0xDC00U + ((c - 0x10000U) & 0x3FFU) : static_cast<unsigned>(c));
  }
  return out;
}

std::string pdf_text(std::string_view utf8) {
  bool plain = true;
  for (char const c : utf8) plain = plain && c >= ' ' && c <= '~';
  return plain ? literal(utf8) : "<FEFF" + pdf_utf16(utf8) + ">";
}

void append_number(std::string& out, double value, int decimals) {
  static constexpr std::array<double, 5> kScales{1, 10, 100, 1000, 10'000};
  auto const scaled = static_cast<std::int64_t>(std::llround(value * kScales.at(static_cast<std::size_t>(decimals))));
  if (scaled < 0) out += '-';
  auto left = static_cast<std::uint64_t>(scaled < 0 ? -scaled : scaled);
  for (; decimals > 0 && left % 10 == 0; --decimals) left /= 10;
  std::array<char, 24> digits{};
  std::size_t at = digits.size();
  for (int place = 0; left > 0 || place <= decimals; ++place) {
    if (place == decimals && decimals > 0) digits.at(--at) = '.';
    digits.at(--at) = static_cast<char>('0' + left % 10);
    left /= 10;
  }
  out.append(digits.data() + at, digits.size() - at);
}

PdfObjects::PdfObjects() : file_("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n") {}

int PdfObjects::reserve() {
  places_.push_back({});
  return static_cast<int>(places_.size()) - 1;
}

void PdfObjects::write(int id, std::string body) {
  plain_.push_back({id, std::move(body)});
  if (plain_.size() == kMostPacked) pack_plain();
}

void PdfObjects::begin(int id) {
  places_[static_cast<std::size_t>(id)] = {1, file_.size(), 0};
  fmt::format_to(std::back_inserter(file_), "{} 0 obj\n", id);
}

void PdfObjects::write_stream(int id, std::string_view entries, std::string_view bytes) {
  std::string const packed = deflater_.zlib(bytes);
  begin(id);
  fmt::format_to(std::back_inserter(file_), "<<{} /Filter /FlateDecode /Length {}>>\nstream\n", entries, packed.size());
  file_ += packed;
  file_ += "\nendstream\nendobj\n";
}

void PdfObjects::pack_plain() {
  if (plain_.empty()) return;
  int const id = reserve();
  std::string head;
  std::string bodies;
  for (std::size_t i = 0; i < plain_.size(); ++i) {
    places_[static_cast<std::size_t>(plain_[i].id)] = {2, static_cast<std::size_t>(id), i};
    fmt::format_to(std::back_inserter(head), "{} {} ", plain_[i].id, bodies.size());
    bodies += plain_[i].body + "\n";
  }
  write_stream(id, fmt::format("/Type /ObjStm /N {} /First {}", plain_.size(), head.size()), head + bodies);
  plain_.clear();
}

void PdfObjects::write_places(int root, int info) {
  int const id = reserve();
  std::size_t const at = file_.size();
  places_[static_cast<std::size_t>(id)] = {1, at, 0};
  std::string table;
  for (auto const& place : places_) {
    table += static_cast<char>(place.kind);
    for (int shift = 24; shift >= 0; shift -= 8) table += static_cast<char>(place.at >> static_cast<unsigned>(shift));
    for (int shift = 8; shift >= 0; shift -= 8) table += static_cast<char>(place.index >> static_cast<unsigned>(shift));
  }
  std::string const mark = sha256_hex(file_).substr(0, 32);
  write_stream(id,
               fmt::format("/Type /XRef /Size {} /W [1 4 2] /Root {} 0 R /Info {} 0 R /ID [<{}> <{}>]", places_.size(),
                           root, info, mark, mark),
               table);
  fmt::format_to(std::back_inserter(file_), "startxref\n{}\n%%EOF\n", at);
}

std::string PdfObjects::finish(int root, int info) {
  pack_plain();
  write_places(root, info);
  return std::move(file_);
}

}  // namespace yekun
