// What a schedule file says: which reports are sent when. Structs only; schedule_parser.h reads them.
#pragma once

#include <string>
#include <vector>

#include "core/calendar_rule.h"
#include "core/diagnostic.h"
#include "core/mail_address.h"
#include "reports/deliver_spec.h"

namespace yekun {

struct ScheduledJob {
  std::string id;
  std::string report;  // path, from the schedule's folder
  CalendarRule when{};
  std::string period;   // "last-quarter", against the day on which it is due; empty: the last complete one
  int useful_days = 7;  // later than that it is not sent any more
  Place place{};
};

/// Who is told of failures, and how.
struct NoticeSpec {
  MailAddress from{};
  MailAddress to{};
  TransportSpec through{};
};

struct ScheduleSpec {
  std::string timezone = "UTC";
  WorkCalendar calendar{};
  FiscalYear fiscal{};
  std::string ledger{};  // path; empty: ledger.sqlite beside the schedule
  std::optional<NoticeSpec> notices{};
  std::vector<ScheduledJob> jobs{};
  std::string file{};
  std::string folder{};
};

}  // namespace yekun
