#include "data-loaders/workbook_kind.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <vector>

namespace yekun {
namespace {

constexpr std::string_view kCompound("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
constexpr std::size_t kMostSearched = std::size_t{256} << 20;

/// As UTF-16, little endian, as names are written inside compound files.
std::string wide(std::string_view text) {
  std::string out;
  for (char const c : text) {
    out.push_back(c);
    out.push_back('\0');
  }
  return out;
}

/// Whether the rest of the file holds `text`, within the first 256 MB.
bool holds(std::ifstream& file, std::string_view text) {
  std::vector<char> block(std::size_t{1} << 20);
  std::size_t kept = 0;
  for (std::size_t seen = 0; seen < kMostSearched && file; seen += block.size() - kept) {
    file.read(block.data() + kept, static_cast<std::streamsize>(block.size() - kept));
    std::string_view const here(block.data(), kept + static_cast<std::size_t>(file.gcount()));
    if (here.find(text) != std::string_view::npos) return true;
    if (!file) return false;
    kept = std::min(text.size(), here.size());
    std::copy(here.end() - static_cast<std::ptrdiff_t>(kept), here.end(), block.begin());
  }
  return false;
}

std::string compound_reason(std::ifstream& file) {
  file.clear();
  file.seekg(0);
  if (holds(file, wide("EncryptedPackage")))
    return "is protected by a password; open it in Excel or LibreOffice, save it without one and use that copy";
  return "is an old binary workbook (.xls); open it in Excel or LibreOffice and save it as .xlsx";
}

std::string text_reason(std::string_view start) {
  std::string lowered;
  for (char const c : start) lowered.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
  if (lowered.find("excel.sheet") != std::string::npos ||
      lowered.find("urn:schemas-microsoft-com:office:spreadsheet") != std::string::npos)
    return "is an XML spreadsheet of 2003; open it in Excel or LibreOffice and save it as .xlsx";
  if (lowered.find("<html") != std::string::npos || lowered.find("<table") != std::string::npos ||
      lowered.find("<!doctype html") != std::string::npos)
    return "is a web page with the name of a workbook; open it in Excel or LibreOffice and save it as .xlsx";
  if (start.find('\0') == std::string_view::npos)
    return "is a text file with the name of a workbook; if it is CSV, declare \"format\": \"csv\"";
  return "is not an Excel workbook";
}

}  // namespace

Read<WorkbookKind> workbook_kind(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return tl::unexpected(std::string("cannot be opened"));
  std::array<char, 4096> first{};
  file.read(first.data(), first.size());
  std::string_view const start(first.data(), static_cast<std::size_t>(file.gcount()));
  if (start.empty()) return tl::unexpected(std::string("is empty"));
  if (start.starts_with("PK")) return WorkbookKind::zip;
  if (start.starts_with(kCompound)) return tl::unexpected(compound_reason(file));
  return tl::unexpected(text_reason(start));
}

}  // namespace yekun
