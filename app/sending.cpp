#include "app/sending.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <thread>

#include "app/ledger_build.h"
#include "app/send_condition.h"
#include "delivery/ledger_figures.h"
#include "output/artefacts.h"
#include "output/digest.h"
#include "reports/spec_file.h"

namespace yekun {
namespace {

Exit fail(Diagnostics const& problems, Run const& run) {
  run.console.print(problems);
  return exit_of(problems);
}

Diagnostic spec_problem(std::string code, Place const& place, std::string message, std::string hint) {
  Diagnostic out;
  out.code = std::move(code);
  out.place = place;
  out.message = std::move(message);
  out.hint = std::move(hint);
  return out;
}

/// What a report needs to be sent at all.
Diagnostics check_mail(ReportSpec const& report, bool dry_run) {
  auto const& mail = report.deliver.email;
  if (!mail)
    return {spec_problem("no-email", report.place, fmt::format("'{}' does not say to whom it is sent", report.file),
                         "write \"deliver\": {\"email\": {\"from\": \"…\", \"to\": [\"…\"]}}")};
  if (!mail->from)
    return {spec_problem("missing-key", mail->place, "'from' is missing in 'email'",
                         "write the address the mail comes from")};
  if (!dry_run && report.deliver.through.kind == TransportKind::none)
    return {spec_problem("no-transport", mail->place, "the report does not say how mail leaves",
                         "write \"through\": {\"smtp\": {\"server\": \"mail.example.org\"}} in 'deliver'")};
  return {};
}

/// Readers of members that there are, those of one member together; others are told.
Result<std::vector<MailRecipient>> readers_of(PreparedReport const& report, Run const& run, bool& some_wrong) {
  auto found =
      read_recipients(report.programme, *report.plan.report.deliver.email, source_context(report.programme, run));
  if (!found) return failure(found.error());
  auto const members = members_of(report);
  if (!members) return failure(members.error());
  std::vector<std::string> values;
  for (auto const& member : *members) values.push_back(member.value);
  for (auto& one : found->all) {
    if (std::find(values.begin(), values.end(), one.member) != values.end()) continue;
    if (!report.plan.member.empty() && one.member != report.plan.member) {
      one.member = "\n";  // --for chose others
      continue;
    }
    auto problem = spec_problem(
        "unknown-member", one.place,
        fmt::format("a reader gets '{}', which is no '{}' of this period", one.member, report.plan.report.for_each),
        suggestion(one.member, values));
    problem.fault = Fault::delivery;
    found->problems.push_back(std::move(problem));
    one.member = "\n";
  }
  std::erase_if(found->all, [](MailRecipient const& one) { return one.member == "\n"; });
  std::stable_sort(found->all.begin(), found->all.end(),
                   [](MailRecipient const& a, MailRecipient const& b) { return a.member < b.member; });
  some_wrong = !found->problems.empty();
  run.console.print(found->problems);
  return std::move(found->all);
}

std::string identity(std::string const& job, std::string const& occurrence, std::string const& member) {
  return job + '\n' + occurrence + '\n' + member;
}

/// Reasons in the reader's language.
std::vector<std::string> reasons_for(MailRecipient const& reader, PreparedReport const& report,
                                     SendVerdict const& verdict) {
  auto found = verdict.reasons.find(reader.language);
  if (found == verdict.reasons.end()) found = verdict.reasons.find(report.plan.languages.front());
  return found == verdict.reasons.end() ? std::vector<std::string>{} : found->second;
}

/// Messages as files; nobody is contacted.
Exit write_messages(PreparedReport const& report, std::vector<MailRecipient> const& readers, SendJob const& job,
                    SendVerdict const& verdict, std::string const& folder, Run const& run) {
  auto const type = Typeface::load(report.theme);
  if (!type) return fail(type.error(), run);
  MailMaker maker(report, **type, folder, run.surroundings.now);
  std::map<std::string, int> numbers;
  for (auto const& reader : readers) {
    auto const mail =
        maker.make(reader, identity(job.id, job.occurrence, reader.member), reasons_for(reader, report, verdict));
    if (!mail) return fail(mail.error(), run);
    Artefacts artefacts(folder, std::to_string(getpid()));
    auto problems = artefacts.prepare();
    if (problems.empty())
      problems = artefacts.write(fmt::format("{}-{}.eml", mail->stem, ++numbers[mail->stem]), to_message(mail->mail));
    if (!problems.empty()) return fail(problems, run);
    auto const paths = artefacts.publish();
    if (!paths) return fail(paths.error(), run);
    for (auto const& path : *paths) (void)run.console.write(path + "\n");
  }
  return Exit::done;
}

/// The run's time: what it began with, plus what has passed.
std::function<std::int64_t()> clock_of(Run const& run) {
  auto const begin = std::chrono::steady_clock::now();
  return [begin, now = run.surroundings.now] {
    return now + std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - begin).count();
  };
}

/// Seconds before the n-th round, more or less by a fifth, so that many programs do not come back at once.
double pause_before(int round, std::string const& seed) {
  return static_cast<double>(retry_seconds(1, seed)) / 300.0 * (round == 2 ? 1.0 : 4.0);
}

/// Sends to each reader what the outbox says is due; what is not taken is tried again in two more rounds.
Result<DeliveryCount> deliver(PreparedReport const& report, std::vector<MailRecipient> const& readers,
                              SendJob const& job, SendVerdict const& verdict, std::string const& folder,
                              Ledger const& ledger, Run const& run) {
  constexpr int kRounds = 3;
  auto const type = Typeface::load(report.theme);
  if (!type) return failure(type.error());
  auto transport = open_transport(report.plan.report.deliver.through, report.programme.folder, run);
  if (!transport) return failure(transport.error());
  MailMaker maker(report, **type, folder, run.surroundings.now);
  Outbox const outbox(ledger);
  Postman postman(outbox, **transport, run, clock_of(run), kRounds);
  auto const& from = *report.plan.report.deliver.email->from;
  std::vector<MailRecipient const*> waiting;
  for (auto const& reader : readers) waiting.push_back(&reader);
  for (int round = 1; round <= kRounds && !waiting.empty(); ++round) {
    if (round > 1) std::this_thread::sleep_for(std::chrono::duration<double>(pause_before(round, job.occurrence)));
    postman.begin_round(round);
    std::vector<MailRecipient const*> next;
    for (auto const* reader : waiting) {
      Mail stub;
      stub.from = from;
      stub.to = reader->address;
      stub.identity = identity(job.id, job.occurrence, reader->member);
      auto const again =
          postman.send({job.id, job.occurrence, reader->member, folded(reader->address.address)}, message_id(stub),
                       {from.address, reader->address.address}, [&]() -> Result<std::string> {
                         auto const mail = maker.make(*reader, stub.identity, reasons_for(*reader, report, verdict));
                         if (!mail) return failure(mail.error());
                         return to_message(mail->mail);
                       });
      if (!again) return failure(again.error());
      if (*again) next.push_back(reader);
    }
    waiting = std::move(next);
  }
  return postman.count();
}

void tell_uncertain(std::vector<Delivery> const& found, Run const& run) {
  for (auto const& one : found) {
    Diagnostic out;
    out.severity = Severity::warning;
    out.fault = Fault::delivery;
    out.code = "uncertain";
    out.message = fmt::format(
        "delivery {} to {} ({}, {}) may or may not have arrived: an earlier run was stopped while "
        "the server was answering",
        one.id, one.key.recipient, one.key.job, one.key.occurrence);
    out.hint = fmt::format("ask the reader, then: yekun ledger resolve {} --arrived (or --again)", one.id);
    run.console.print({out});
  }
}

/// The files and figures of the build, so that later changes are seen.
Result<std::int64_t> record(PreparedReport const& report, Ledger& ledger, Run const& run) {
  return ledger.record(ledger_build(report, run.surroundings.now));
}

/// The next repetition's occurrence: one that was not finished goes on.
Result<std::string> again_name(Ledger const& ledger, SendJob const& job) {
  for (int n = 2;; ++n) {
    auto const name = fmt::format("{} again {}", job.occurrence, n);
    auto const state = ledger.occurrence_state(job.id, name);
    if (!state) return failure(state.error());
    if (!*state) return name;
  }
}

Exit send_prepared(PreparedReport const& report, SendOptions const& options, SendJob job, Run const& run) {
  auto const clock_now = clock_of(run);
  bool some_wrong = false;
  auto const readers = readers_of(report, run, some_wrong);
  if (!readers) return fail(readers.error(), run);
  auto const path = ledger_path(options, report.plan.report, report.programme);
  if (options.dry_run) {
    auto const verdict = judge_condition(report, std::nullopt, ledger_figures(report.answers), run);
    if (!verdict) return fail(verdict.error(), run);
    if (!verdict->send) run.console.say("would not be sent: " + verdict->why_not);
    auto const exit = write_messages(report, *readers, job, *verdict, options.build.out, run);
    return exit == Exit::done && some_wrong ? Exit::part_delivered : exit;
  }
  auto const lock = RunLock::take(path);
  if (!lock) {
    run.console.say("another run is sending with this ledger; nothing was done");
    return Exit::done;
  }
  auto ledger = Ledger::open(path);
  if (!ledger) return fail(ledger.error(), run);
  auto const uncertain = Outbox(*ledger).recover(clock_now());
  if (!uncertain) return fail(uncertain.error(), run);
  tell_uncertain(*uncertain, run);
  if (options.again) {
    auto const name = again_name(*ledger, job);
    if (!name) return fail(name.error(), run);
    job.occurrence = *name;
  }
  auto const last = ledger->delivered_build(job.id);
  if (!last) return fail(last.error(), run);
  auto const verdict = judge_condition(report, *last, ledger_figures(report.answers), run);
  if (!verdict) return fail(verdict.error(), run);
  auto const build = record(report, *ledger, run);
  if (!build) return fail(build.error(), run);
  if (!verdict->send) {
    run.console.say("not sent: " + verdict->why_not);
    auto const noted = ledger->note_occurrence(job.id, job.occurrence, "not-needed", *build, clock_now());
    return noted.empty() ? Exit::done : fail(noted, run);
  }
  auto const count = deliver(report, *readers, job, *verdict, options.build.out, *ledger, run);
  if (!count) return fail(count.error(), run);
  run.console.say(fmt::format("{} delivered, {} before, {} not yet, {} refused, {} uncertain", count->sent,
                              count->already, count->later, count->refused, count->uncertain));
  auto const state = count->later > 0 ? "under-way" : "delivered";
  if (auto const noted = ledger->note_occurrence(job.id, job.occurrence, state, *build, clock_now()); !noted.empty())
    return fail(noted, run);
  auto const exit = exit_of(*count);
  return exit == Exit::done && some_wrong ? Exit::part_delivered : exit;
}

}  // namespace

std::string ledger_path(SendOptions const& options, ReportSpec const& report, Programme const& programme) {
  if (!options.ledger.empty()) return options.ledger;
  return join_path(programme.folder, report.deliver.ledger.empty() ? "ledger.sqlite" : report.deliver.ledger);
}

Exit send_report(SendOptions const& options, SendJob const& wanted, Run const& run) {
  Exit exit = Exit::done;
  auto const report = prepare(options.build, run, exit);
  if (!report) return exit;
  if (auto const problems = check_mail(report->plan.report, options.dry_run); !problems.empty())
    return fail(problems, run);
  SendJob job = wanted;
  if (job.id.empty()) job.id = report->plan.report.id;
  if (job.occurrence.empty()) job.occurrence = report->plan.period.label;
  return send_prepared(*report, options, job, run);
}

}  // namespace yekun
