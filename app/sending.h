// Sending one report: shared by `send` and `run`.
#pragma once

#include <string>
#include <vector>

#include "app/mail_maker.h"
#include "app/postman.h"

namespace yekun {

struct SendOptions {
  BuildOptions build{};
  bool dry_run = false;
  bool again = false;  // even where it was delivered before
  std::string ledger{};
};

/// What is sent as, and since when it is no longer useful.
struct SendJob {
  std::string id;          // of the schedule's job; empty: the report's id
  std::string occurrence;  // empty: the period
};

/// Prepares the report, sees whether its conditions hold, and sends it to every reader; prints what happens. With
/// dry_run the messages are written as files beside the attachments and nobody is contacted, the ledger untouched.
Exit send_report(SendOptions const& options, SendJob const& job, Run const& run);

/// The ledger's path: the option, the report's, or ledger.sqlite in the programme's folder.
std::string ledger_path(SendOptions const& options, ReportSpec const& report, Programme const& programme);

}  // namespace yekun
