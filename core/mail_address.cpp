#include "core/mail_address.h"

#include <fmt/format.h>
#include <unicode/idna.h>

#include <algorithm>
#include <memory>

#include "core/utf8.h"

namespace yekun {
namespace {

using Refusal = tl::unexpected<std::string>;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool is_local_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
}

/// Why this is no local part; empty if it is one.
std::string local_fault(std::string_view local) {
  if (local.empty()) return "has nothing before the '@'";
  if (local.size() > 64) return "has more than 64 characters before the '@'";
  if (local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos)
    return "has a full stop in the wrong place before the '@'";
  for (std::size_t at = 0; at < local.size(); ++at)
    if (!is_local_char(local[at]))
      return fmt::format("has '{}' before the '@', where letters a to z, digits and . _ - + are expected",
                         first_code_points(local.substr(at), 1));
  return {};
}

tl::expected<std::string, std::string> ascii_domain(std::string_view domain) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::IDNA> const idna(
      icu::IDNA::createUTS46Instance(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI, status));
  icu::IDNAInfo info;
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  if (U_SUCCESS(status))
    idna->nameToASCII_UTF8({domain.data(), static_cast<std::int32_t>(domain.size())}, sink, info, status);
  if (U_FAILURE(status) || info.hasErrors() || out.empty() || out.size() > 253)
    return Refusal("has no valid domain after the '@'");
  if (out.find('.') == std::string::npos || out.ends_with('.'))
    return Refusal("has a domain without a full stop, where something like example.org is expected");
  return out;
}

}  // namespace

std::string folded(std::string address) {
  for (char& c : address)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return address;
}

tl::expected<MailAddress, std::string> parse_address(std::string_view text) {
  if (!is_utf8(text)) return Refusal("is not valid UTF-8");
  for (char const c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return Refusal("has a line break or a control character");
  MailAddress out;
  std::string_view bare = trimmed(text);
  if (bare.empty()) return Refusal("is empty");
  if (bare.ends_with('>')) {
    auto const open = bare.rfind('<');
    if (open == std::string_view::npos) return Refusal("has '>' without '<'");
    auto name = trimmed(bare.substr(0, open));
    if (name.size() >= 2 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
    if (name.find_first_of("<>\"") != std::string_view::npos)
      return Refusal("has a mark in the name that belongs to addresses");
    out.name = std::string(name);
    bare = bare.substr(open + 1, bare.size() - open - 2);
  }
  if (bare.find_first_of(",; ") != std::string_view::npos) return Refusal("is more than one address, or has a space");
  auto const at = bare.rfind('@');
  if (at == std::string_view::npos) return Refusal("has no '@'");
  auto const local = bare.substr(0, at);
  if (auto fault = local_fault(local); !fault.empty()) return Refusal(std::move(fault));
  auto domain = ascii_domain(bare.substr(at + 1));
  if (!domain) return Refusal(std::move(domain.error()));
  out.address = fmt::format("{}@{}", local, *domain);
  return out;
}

}  // namespace yekun
