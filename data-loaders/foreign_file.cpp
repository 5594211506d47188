#include "data-loaders/foreign_file.h"

#include <algorithm>
#include <array>

#include "core/utf8.h"
#include "data-loaders/cell_parser.h"

namespace yekun {
namespace {

struct Kind {
  std::string_view beginning;
  std::string_view reason;
};

constexpr std::array<Kind, 11> kBinary{
    {{"%PDF-", "is a PDF document, not a table of text; ask for the table that it was printed from"},
     {"\x89PNG", "is a picture, not a table of text"},
     {"\xFF\xD8\xFF", "is a picture, not a table of text"},
     {"\xFD"
      "7zXZ",
      "is packed by xz; unpack it, or pack it by gzip or zstd"},
     {"BZh", "is packed by bzip2; unpack it, or pack it by gzip or zstd"},
     {"7z\xBC\xAF", "is packed by 7-Zip; unpack it"},
     {"Rar!", "is packed by RAR; unpack it"},
     {"{\\rtf", "is a document (RTF), not a table of text; save its table as CSV"},
     {"PAR1", "is a Parquet file, which is not read; export it as CSV"},
     {"<?xml", "is an XML file, not a table of text; export it as CSV or JSON"},
     {"SQLite format 3", "is an SQLite database; declare \"format\": \"sqlite\""}}};

constexpr std::array<std::string_view, 3> kPage{"<!doctype html", "<html", "<table"};

/// So many control characters, in the first bytes, that no text has.
bool is_binary(std::string_view head) {
  std::string_view const looked = head.substr(0, 4096);
  auto const controls = std::count_if(looked.begin(), looked.end(), [](char c) {
    auto const byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f';
  });
  return controls > 8 && static_cast<std::size_t>(controls) * 20 > looked.size();
}

}  // namespace

std::string foreign_kind(std::string_view head) {
  for (auto const& kind : kBinary)
    if (head.starts_with(kind.beginning)) return std::string(kind.reason);
  std::string const start = lower(to_valid_utf8(trim_spaces(head.substr(0, 512))));
  if (std::any_of(kPage.begin(), kPage.end(), [&](auto page) { return start.starts_with(page); }))
    return "is a web page, not a table of text; open it in Excel or LibreOffice and save it as CSV or .xlsx";
  return is_binary(head) ? "is not a text file" : "";
}

}  // namespace yekun
