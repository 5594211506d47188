#include "app/sending.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <thread>

#include "app/ledger_build.h"
#include "app/restated.h"
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

Diagnostic unknown_member(MailRecipient const& reader, std::string const& dimension,
                          std::vector<std::string> const& values) {
  auto out = spec_problem("unknown-member", reader.place,
                          fmt::format("a reader gets '{}', which is no '{}' of this period", reader.member, dimension),
                          suggestion(reader.member, values));
  out.fault = Fault::delivery;
  return out;
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
  std::vector<MailRecipient> out;
  for (auto& one : found->all) {
    if (std::find(values.begin(), values.end(), one.member) != values.end())
      out.push_back(std::move(one));
    else if (report.plan.member.empty() || one.member == report.plan.member)  // otherwise --for chose others
      found->problems.push_back(unknown_member(one, report.plan.report.for_each, values));
  }
  std::stable_sort(out.begin(), out.end(),
                   [](MailRecipient const& a, MailRecipient const& b) { return a.member < b.member; });
  some_wrong = !found->problems.empty();
  run.console.print(found->problems);
  return out;
}

std::string identity(SendJob const& job, MailRecipient const& reader) {
  return job.id + '\n' + job.occurrence + '\n' + reader.member;
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
  MailMaker maker(report, readers, **type, folder, run.surroundings.now);
  std::map<std::string, int> numbers;
  for (auto const& reader : readers) {
    auto const mail = maker.make(reader, identity(job, reader), reasons_for(reader, report, verdict));
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
                              Ledger const& ledger, std::int64_t build, Run const& run) {
  constexpr int kRounds = 3;
  auto const type = Typeface::load(report.theme);
  if (!type) return failure(type.error());
  auto transport = open_transport(report.plan.report.deliver.through, report.programme.folder, run);
  if (!transport) return failure(transport.error());
  MailMaker maker(report, readers, **type, folder, run.surroundings.now,
                  [&](std::vector<LedgerFile> const& files) { return ledger.add_outputs(build, files); });
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
      auto const whose = identity(job, *reader);
      auto const again = postman.send({job.id, job.occurrence, reader->member, folded(reader->address.address)},
                                      message_id(from, reader->address, whose), {from.address, reader->address.address},
                                      [&]() -> Result<std::string> {
                                        auto const mail =
                                            maker.make(*reader, whose, reasons_for(*reader, report, verdict));
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

/// The next repetition's occurrence: one that was not finished goes on.
Result<std::string> again_name(Ledger const& ledger, SendJob const& job) {
  for (int n = 2;; ++n) {
    auto const name = fmt::format("{} again {}", job.occurrence, n);
    auto const known = ledger.occurrence(job.id, name);
    if (!known) return failure(known.error());
    if (!*known) return name;
  }
}

/// Whether an occurrence is to be sent. One that has begun goes on: its other readers get it too, whatever came since.
Result<SendVerdict> judge(PreparedReport const& report, SendJob const& job, Ledger const& ledger, Run const& run) {
  auto const last = ledger.delivered_build(job.id);
  if (!last) return failure(last.error());
  auto verdict = judge_condition(report, *last, ledger_figures(report.answers), run);
  if (!verdict) return failure(verdict.error());
  auto const begun = Outbox(ledger).list(job.id, job.occurrence);
  if (!begun) return failure(begun.error());
  verdict->send = verdict->send || !begun->empty();
  return verdict;
}

/// What the ledger says, if there is one; it is not made.
Result<SendVerdict> judge_without_trace(PreparedReport const& report, SendOptions const& options, SendJob const& job,
                                        Run const& run) {
  auto const path = ledger_path(options, report.plan.report, report.programme);
  if (!std::filesystem::exists(path)) return judge_condition(report, std::nullopt, ledger_figures(report.answers), run);
  auto const ledger = Ledger::open(path);
  return ledger ? judge(report, job, *ledger, run) : failure(ledger.error());
}

/// Writes what would be sent, as files; nobody is contacted and nothing is noted in the ledger.
Exit rehearse(PreparedReport const& report, SendOptions const& options, SendJob const& job, Run const& run) {
  bool some_wrong = false;
  auto const readers = readers_of(report, run, some_wrong);
  if (!readers) return fail(readers.error(), run);
  auto const verdict = judge_without_trace(report, options, job, run);
  if (!verdict) return fail(verdict.error(), run);
  if (!verdict->send) run.console.say("would not be sent: " + verdict->why_not);
  auto const exit = write_messages(report, *readers, job, *verdict, options.build.out, run);
  return exit == Exit::done && some_wrong ? Exit::part_delivered : exit;
}

/// What is due of one occurrence goes to its readers; the ledger remembers the occurrence.
Exit send_occurrence(PreparedReport const& report, SendOptions const& options, SendJob const& job, Ledger& ledger,
                     Run const& run) {
  auto const clock_now = clock_of(run);
  bool some_wrong = false;
  auto const readers = readers_of(report, run, some_wrong);
  if (!readers) return fail(readers.error(), run);
  auto const verdict = judge(report, job, ledger, run);
  if (!verdict) return fail(verdict.error(), run);
  auto const build = ledger.record(ledger_build(report, run.surroundings.now));  // so that later changes are seen
  if (!build) return fail(build.error(), run);
  if (!verdict->send) {
    run.console.say((verdict->waits ? "not sent yet: " : "not sent: ") + verdict->why_not);
    auto const noted = ledger.note_occurrence(
        {job.id, job.occurrence, verdict->waits ? "waiting" : "not-needed", verdict->why_not, clock_now()}, *build);
    return noted.empty() ? Exit::done : fail(noted, run);
  }
  auto const count = deliver(report, *readers, job, *verdict, options.build.out, ledger, *build, run);
  if (!count) return fail(count.error(), run);
  run.console.say(fmt::format("{} delivered, {} before, {} not yet, {} refused, {} uncertain", count->sent,
                              count->already, count->later, count->refused, count->uncertain));
  auto const state = count->later > 0 ? "under-way" : "delivered";
  if (auto const noted = ledger.note_occurrence({job.id, job.occurrence, state, {}, clock_now()}, *build);
      !noted.empty())
    return fail(noted, run);
  auto const exit = exit_of(*count);
  return exit == Exit::done && some_wrong ? Exit::part_delivered : exit;
}

/// Alone with the ledger, after what an earlier run left behind is put in order.
Exit send_prepared(PreparedReport const& report, SendOptions const& options, SendJob const& wanted, Run const& run) {
  auto const path = ledger_path(options, report.plan.report, report.programme);
  auto const lock = RunLock::take(path);
  if (!lock) return fail(lock.error(), run);
  if (!*lock) {
    run.console.say("another run is sending with this ledger; nothing was done");
    return Exit::done;
  }
  auto ledger = Ledger::open(path);
  if (!ledger) return fail(ledger.error(), run);
  if (auto const problems = put_in_order(Outbox(*ledger), run); !problems.empty()) return fail(problems, run);
  if (!options.again) return send_occurrence(report, options, wanted, *ledger, run);
  auto const name = again_name(*ledger, wanted);
  if (!name) return fail(name.error(), run);
  return send_occurrence(report, options, {wanted.id, *name}, *ledger, run);
}

}  // namespace

std::string ledger_path(SendOptions const& options, ReportSpec const& report, Programme const& programme) {
  if (!options.ledger.empty()) return options.ledger;
  return join_path(programme.folder, report.deliver.ledger.empty() ? "ledger.sqlite" : report.deliver.ledger);
}

Exit send_report(SendOptions const& options, SendJob const& wanted, Run const& run) {
  Exit exit = Exit::done;
  auto report = prepare(options.build, run, exit);
  if (!report) return exit;
  if (auto const problems = check_mail(report->plan.report, options.dry_run); !problems.empty())
    return fail(problems, run);
  if (auto const path = ledger_path(options, report->plan.report, report->programme); std::filesystem::exists(path)) {
    auto const ledger = Ledger::open(path);
    if (!ledger) return fail(ledger.error(), run);
    if (auto const problems = add_restated(*report, *ledger, run); !problems.empty()) return fail(problems, run);
  }
  SendJob job = wanted;
  if (job.id.empty()) job.id = report->plan.report.id;
  if (job.occurrence.empty()) job.occurrence = report->plan.period.label;
  return options.dry_run ? rehearse(*report, options, job, run) : send_prepared(*report, options, job, run);
}

}  // namespace yekun
