// Addresses of mail. What is not one is refused, with the reason, before anything is sent.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace yekun {

/// A checked mailbox. `address` is ASCII: local@domain, the domain in its letters-and-digits form, lower case.
struct MailAddress {
  std::string name{};  // display name, UTF-8; may be empty
  std::string address;
  friend bool operator==(MailAddress const&, MailAddress const&) = default;
};

/// Reads "office@example.org" or "Regional office <office@example.org>". The local part is a dot-atom of RFC 5322 of at
/// most 64 characters; the domain has at least two labels and may be written in any script (IDNA). Line breaks and
/// other control characters, quoted local parts, comments, address literals and several addresses in one are refused.
/// The error is a message without place and without the address, of which it quotes a single character at most.
tl::expected<MailAddress, std::string> parse_address(std::string_view text);

/// The address in lower case: mail programs and servers take A@example.org and a@example.org for one reader.
std::string folded(std::string address);

}  // namespace yekun
