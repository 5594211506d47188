// What PostgreSQL or its library says went wrong, in words for the author of a spec.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/diagnostic.h"

namespace yekun {

/// Who asks: for the words of problems.
struct PostgresAccess {
  std::string connection{};  // connection string or service name
  std::string dataset{};
  std::uint32_t timeout_seconds = 0;  // of one statement; 0: none
  Place place{};                      // of the source in the spec
};

/// Five letters of SQL's standard ("42P01"), empty where the library itself gave up; and the server's own words.
struct PostgresFault {
  std::string state{};
  std::string words{};  // one line
  std::string hint{};   // the server's
  bool lost = false;    // there is no connection any more
};

/// Words and code out of the library's verbose message ("FATAL:  28P01: password authentication failed ...").
PostgresFault fault_of(std::string_view message, bool lost);

/// A connection that could not be made. `user`, `host`, `database`: as the library understood them.
Diagnostic cannot_connect(PostgresFault const& fault, PostgresAccess const& access, std::string const& user,
                          std::string const& host, std::string const& database);

/// A statement that failed. Values that a server's message may quote (conversion errors) are never repeated.
Diagnostic statement_failed(PostgresFault const& fault, PostgresAccess const& access);

/// The server is starting, stopping or restarting: worth another try.
bool is_restarting(PostgresFault const& fault);

}  // namespace yekun
