#include "app/notice.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/postman.h"
#include "delivery/mail.h"
#include "delivery/outbox.h"
#include "output/digest.h"
#include "output/markup.h"

namespace yekun {
namespace {

bool has_failed(Delivery const& one) {
  return one.state == DeliveryState::refused || one.state == DeliveryState::uncertain ||
         one.state == DeliveryState::expired;
}

/// The same for the same failure: a reader that is refused later is another one.
Result<std::string> failure_mark(Ledger const& ledger, FailedJob const& job) {
  auto const all = Outbox(ledger).list(job.id, job.occurrence);
  if (!all) return failure(all.error());
  std::string text = fmt::format("{}", static_cast<int>(job.exit));
  for (auto const& one : *all)
    if (has_failed(one)) text += fmt::format(" {} {}", one.id, to_text(one.state));
  return sha256_hex(text).substr(0, 12);
}

std::string words_for(Exit exit) {
  switch (exit) {
    case Exit::spec:
      return "the report or its programme has a mistake";
    case Exit::data:
      return "the data could not be read";
    case Exit::render:
      return "the report could not be made";
    case Exit::delivery:
      return "nobody got it";
    case Exit::part_delivered:
      return "some readers did not get it";
    default:
      return "it failed";
  }
}

Mail notice(ScheduleSpec const& schedule, FailedJob const& job, std::string const& mark, Run const& run) {
  Mail out;
  out.from = schedule.notices->from;
  out.to = schedule.notices->to;
  out.subject = fmt::format("Yekun: {} of {}: {}", job.id, job.due, words_for(job.exit));
  out.language = "en";
  out.date = run.surroundings.now;
  out.identity = fmt::format("notice\n{}\n{}\n{}", job.id, job.occurrence, mark);
  out.list = "yekun notices";
  out.plain = fmt::format(
      "The job '{}' ({}), due {}, failed: {} (exit code {}).\n\n{}\n"
      "The next runs try again as long as it is useful. This is told once.\n",
      job.id, job.report, job.due, words_for(job.exit), static_cast<int>(job.exit), job.said);
  out.page = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{}</title></head>"
      "<body><pre style=\"white-space:pre-wrap\">{}</pre></body></html>\n",
      escape_markup(out.subject), escape_markup(out.plain));
  return out;
}

}  // namespace

Result<bool> is_notable(Ledger const& ledger, FailedJob const& job) {
  if (job.exit == Exit::done) return false;
  auto const all = Outbox(ledger).list(job.id, job.occurrence);
  if (!all) return failure(all.error());
  bool const waiting =
      std::any_of(all->begin(), all->end(), [](Delivery const& one) { return one.state == DeliveryState::later; });
  return !waiting || std::any_of(all->begin(), all->end(), has_failed);
}

Diagnostics write_notice(Ledger const& ledger, ScheduleSpec const& schedule, FailedJob const& job, Run const& run) {
  auto const mark = failure_mark(ledger, job);
  if (!mark) return mark.error();
  auto const mail = notice(schedule, job, *mark, run);
  return Outbox(ledger).keep({"notice of " + job.id, job.occurrence + " " + *mark, "", folded(mail.to.address)},
                             message_id(mail.from, mail.to, mail.identity), {mail.from.address, to_message(mail)},
                             run.surroundings.now);
}

Exit send_notices(Ledger const& ledger, ScheduleSpec const& schedule, Run const& run) {
  Outbox const outbox(ledger);
  auto const fail = [&](Diagnostics const& problems) {
    run.console.print(problems);
    return exit_of(problems);
  };
  if (auto const problems = put_in_order(outbox, run); !problems.empty()) return fail(problems);
  auto const due = outbox.kept(run.surroundings.now);
  if (!due) return fail(due.error());
  if (due->empty()) return Exit::done;
  auto transport = open_transport(schedule.notices->through, schedule.folder, run);
  if (!transport) return fail(transport.error());
  Postman postman(
      outbox, **transport, run, [&run] { return run.surroundings.now; }, 1);
  for (auto const& one : *due) {
    Delivery const& delivery = one.first;
    KeptMessage const& message = one.second;
    auto const sent = postman.send(delivery.key, delivery.message_id, {message.from, delivery.key.recipient},
                                   [&]() -> Result<std::string> { return message.bytes; });
    if (!sent) return fail(sent.error());
  }
  return exit_of(postman.count());
}

}  // namespace yekun
