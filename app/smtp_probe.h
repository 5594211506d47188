// Whether a mail server can be reached. Nothing is sent and no password leaves.
#pragma once

#include <string>

#include <tl/expected.hpp>

namespace yekun {

/// Connects within `seconds`; where the server speaks first (`greets`: all but TLS from the start) its greeting is
/// given, else "connected". The error says in plain words why not.
tl::expected<std::string, std::string> probe_mail_server(std::string const& host, int port, bool greets, int seconds);

}  // namespace yekun
