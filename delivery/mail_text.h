// The text forms of mail headers: RFC 5322 lines, RFC 2047 encoded words, RFC 2231 parameters, and the encodings of
// bodies (RFC 2045). Whatever comes in, no line break of a value ever reaches the message as one.
#pragma once

#include <string>
#include <string_view>

#include "core/mail_address.h"

namespace yekun {

/// "Name: value\r\n", folded at 76 characters. A value with letters beyond ASCII becomes encoded words (UTF-8, base64),
/// cut between code points. Control characters become spaces; invalid UTF-8 becomes U+FFFD.
std::string header_line(std::string_view name, std::string_view value);

/// As header_line, for values whose form must be kept (addresses, identifiers): only ASCII without controls is given,
/// and it is folded at its spaces.
std::string structured_header_line(std::string_view name, std::string_view value);

/// A display name as it stands before <address>: an atom, a quoted string, or encoded words.
std::string phrase(std::string_view name);

/// An address as it stands in From and To: "=?UTF-8?B?...?= <office@example.org>".
std::string to_header(MailAddress const& address);

/// "; name=value" of a Content-Type or Content-Disposition, on lines of its own: quoted if ASCII, by RFC 2231 otherwise
/// (UTF-8, percent-encoded, continued in numbered pieces where long).
std::string parameter(std::string_view name, std::string_view value);

/// A body in lines of at most 76 characters, ended by CR LF; text's own line ends become CR LF.
std::string quoted_printable(std::string_view text);
std::string base64_lines(std::string_view bytes);

}  // namespace yekun
