#include "data-loaders/postgres_problem.h"

#include <fmt/format.h>

#include <algorithm>

namespace yekun {
namespace {

/// Five letters or digits, not "FATAL".
bool is_state(std::string_view text) {
  return text.size() == 5 && text.find_first_of("0123456789") != std::string_view::npos &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
}

/// Up to the end of the line, control characters as spaces.
std::string first_line(std::string_view text) {
  std::string out(text.substr(0, text.find('\n')));
  std::replace_if(
      out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return out;
}

Diagnostic problem(PostgresAccess const& access, std::string code, std::string message, std::string hint = {}) {
  return {.fault = Fault::data,
          .code = std::move(code),
          .place = access.place,
          .message = std::move(message),
          .hint = std::move(hint)};
}

bool begins(PostgresFault const& fault, std::string_view family) { return fault.state.starts_with(family); }

}  // namespace

PostgresFault fault_of(std::string_view message, bool lost) {
  PostgresFault out;
  out.lost = lost;
  // "connection to server at ... failed: FATAL:  28P01: words": the code stands between two colons.
  for (std::size_t at = message.find(": "); at != std::string_view::npos; at = message.find(": ", at + 1)) {
    if (at < 5 || !is_state(message.substr(at - 5, 5))) continue;
    if (at > 5 && message[at - 6] != ' ') continue;
    out.state = message.substr(at - 5, 5);
    out.words = first_line(message.substr(at + 2));
    return out;
  }
  out.words = first_line(message);
  return out;
}

Diagnostic cannot_connect(PostgresFault const& fault, PostgresAccess const& access, std::string const& user,
                          std::string const& host, std::string const& database) {
  static constexpr char const* kPassword =
      "the variable PGPASSWORD, a password file (~/.pgpass) or the service's file gives it";
  if (fault.state == "28P01")
    return problem(access, "wrong-password", fmt::format("'{}' does not take the password of user '{}'", host, user),
                   kPassword);
  if (fault.state.empty() && fault.words.find("no password supplied") != std::string::npos)
    return problem(access, "no-password", fmt::format("'{}' asks for the password of user '{}'", host, user),
                   kPassword);
  if (fault.state == "3D000")
    return problem(access, "unknown-database", fmt::format("'{}' has no database '{}'", host, database),
                   "\"connection\" names it: dbname=...");
  if (begins(fault, "28") || fault.state == "42501")
    return problem(
        access, "no-access",
        fmt::format("'{}' does not let user '{}' into database '{}': {}", host, user, database, fault.words));
  if (is_restarting(fault))
    return problem(access, "unreachable-database", fmt::format("the database at '{}' is starting or stopping", host),
                   "try again in a minute");
  if (fault.state == "53300")
    return problem(access, "unreachable-database", fmt::format("the database at '{}' has too many users now", host),
                   "try again later");
  return problem(access, "unreachable-database", fmt::format("no connection to a database: {}", fault.words),
                 "is the host right, does the server run, is the network there?");
}

Diagnostic statement_failed(PostgresFault const& fault, PostgresAccess const& access) {
  auto const said = [&](std::string code, std::string const& message) {
    return problem(access, std::move(code), fmt::format("the rows of '{}' {}", access.dataset, message), fault.hint);
  };
  if (fault.lost || begins(fault, "08") || is_restarting(fault))
    return problem(access, "connection-lost",
                   fmt::format("the connection was lost while the rows of '{}' were read", access.dataset),
                   "nothing was written; run it again");
  if (fault.state == "57014")
    return problem(access, "database-time-out",
                   fmt::format("reading '{}' took longer than {} seconds", access.dataset, access.timeout_seconds),
                   "\"timeout\" in the source allows more");
  if (fault.state == "42501") return said("no-access", "may not be read: " + fault.words);
  if (fault.state == "25006")
    return problem(
        access, "read-only",
        fmt::format("the database of '{}' is only read here: a query may select, and nothing else", access.dataset));
  if (begins(fault, "42") || begins(fault, "0A")) return said("bad-query", "cannot be asked for: " + fault.words);
  if (begins(fault, "53") || begins(fault, "54") || begins(fault, "57") || begins(fault, "58"))
    return said("database-failed", "could not be read: " + fault.words);
  // Others may quote values of the data, which may be personal.
  return problem(access, "database-failed",
                 fmt::format("the database could not work out the rows of '{}' (SQL state {})", access.dataset,
                             fault.state.empty() ? "unknown" : fault.state),
                 "run the query in psql to see why");
}

bool is_restarting(PostgresFault const& fault) {
  return fault.state == "57P01" || fault.state == "57P02" || fault.state == "57P03";
}

}  // namespace yekun
