#include "app/receipt.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <span>

#include "data-loaders/zip_file.h"
#include "output/digest.h"

namespace yekun {
namespace {

constexpr std::string_view kLead = "yekun-receipt:";

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
         c == '/' || c == '-';
}

std::string encoded(std::string_view text) {
  std::string out;
  for (char const c : text)
    out += is_plain(c) ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return out;
}

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned code = 0;
    bool const escape = text[i] == '%' && i + 2 < text.size() &&
                        std::from_chars(text.data() + i + 1, text.data() + i + 3, code, 16).ptr == text.data() + i + 3;
    out += escape ? static_cast<char>(code) : text[i];
    if (escape) i += 2;
  }
  return out;
}

/// The text up to the next colon, which is taken away.
std::string_view take_part(std::string_view& text) {
  auto const end = std::min(text.find(':'), text.size());
  auto const part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

std::optional<Receipt> read(std::string_view text) {
  auto const at = text.find(kLead);
  if (at == std::string_view::npos) return {};
  std::size_t end = at;
  while (end < text.size() && (is_plain(text[end]) || text[end] == ':' || text[end] == '%')) ++end;
  Receipt out;
  out.word = text.substr(at, end - at);
  text = text.substr(at + kLead.size(), end - at - kLead.size());
  out.hash = take_part(text);
  auto const count = take_part(text);
  std::from_chars(count.data(), count.data() + count.size(), out.submissions);
  out.period = take_part(text);
  out.as_of = take_part(text);
  out.report = decoded(text);
  if (out.hash.size() != 40 || out.report.empty()) return {};
  return out;
}

/// The first bytes of a member: properties are short.
std::string text_of(ZipFile const& zip, ZipMember const& member) {
  auto const stream = zip.stream(member);
  if (!stream) return {};
  std::string out(std::size_t{1} << 16, '\0');
  std::size_t filled = 0;
  while (filled < out.size()) {
    auto const got = (*stream)->read(std::span(out).subspan(filled));
    if (!got || *got == 0) break;
    filled += *got;
  }
  out.resize(filled);
  return out;
}

}  // namespace

std::string receipt_of(LedgerBuild const& build, std::string_view report_path) {
  std::string all = fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n", build.report, build.period, build.as_of, build.spec_sha256,
                                build.version, build.submissions);
  for (auto const& file : build.inputs) all += fmt::format("{} {}\n", file.name, file.sha256);
  return fmt::format("{}{}:{}:{}:{}:{}", kLead, sha256_hex(all).substr(0, 40), build.submissions, build.period,
                     build.as_of, encoded(report_path));
}

std::optional<Receipt> find_receipt(std::string const& bytes) {
  if (!bytes.starts_with("PK")) return read(bytes);
  auto const zip = ZipFile::open_bytes(bytes);
  if (!zip) return {};
  auto const* member = zip->find("docProps/core.xml");
  return member == nullptr ? std::nullopt : read(text_of(*zip, *member));
}

}  // namespace yekun
