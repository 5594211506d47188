// What a report.json says about its delivery, and what a schedule says. Structs only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/calendar_rule.h"
#include "core/decimal.h"
#include "core/locale.h"
#include "core/mail_address.h"

namespace yekun {

/// One reader, as the spec names them.
struct MailRecipient {
  MailAddress address{};
  std::string language{};                             // empty: the report's first
  std::optional<std::vector<std::string>> formats{};  // what is attached; unset: `attach`
  std::string member{};                               // of for_each; empty: the whole report or the overview
  Place place{};
};

/// Readers that stand in a dataset: a row a reader.
struct RecipientSource {
  std::string dataset;
  std::string address;  // its columns
  std::string name{};   // may be empty, like the following
  std::string language{};
  std::string formats{};  // several, separated by spaces or commas
  std::string member{};   // the value of for_each; empty cell: the overview
  Place place{};
};

/// When a report is sent at all; all that are given must hold, except that an alert is enough.
struct SendCondition {
  std::vector<std::string> changed{};   // indicators: one has changed since the last delivery ...
  std::optional<Decimal> changed_by{};  // ... by at least this fraction; unset: at all
  std::optional<Decimal> complete{};    // at least this share of the expected reports has come
  std::string alert{};                  // a condition over indicators: "occupancy_rate > 1"
  std::vector<std::string> alert_by{};  // in any of these groups
  Place place{};
  Place alert_place{};
};

struct MailSpec {
  std::optional<MailAddress> from{};
  std::vector<MailRecipient> to{};
  std::optional<RecipientSource> recipients{};
  std::optional<std::vector<std::string>> attach{};  // output kinds; unset: xlsx and pdf, where the report has them
  std::int64_t limit_bytes = 10'000'000;             // of one message; mail servers commonly take 10 to 25 MB
  std::string shared_path{};                         // where readers find what is too large
  LocalText subject{};                               // a message; empty: title and period
  SendCondition only_if{};
  Place place{};
};

enum class TransportKind { none, smtp, program, folder };

struct TransportSpec {
  TransportKind kind = TransportKind::none;
  std::string target{};               // host, program or folder
  std::int64_t port = 0;              // 0: 587, or 465 with tls
  std::string security = "starttls";  // or "tls", or "none"
  std::string user{};
  std::string password_env{};   // the name of an environment variable
  std::string password_file{};  // a file that holds only the password
  std::string ca_file{};
  std::int64_t timeout_seconds = 300;  // for one message
  Place place{};
};

struct DeliverSpec {
  std::optional<MailSpec> email{};
  TransportSpec through{};
  std::string ledger{};  // path; empty: ledger.sqlite in the programme's folder
};

}  // namespace yekun
