#include "app/postman.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "reports/spec_file.h"

namespace yekun {
namespace {

constexpr int kPatience = 3;

Diagnostic trouble(std::string code, std::string message, std::string hint, Fault fault = Fault::delivery) {
  Diagnostic out;
  out.fault = fault;
  out.code = std::move(code);
  out.message = std::move(message);
  out.hint = std::move(hint);
  return out;
}

std::string resolve_hint(std::int64_t id) {
  return fmt::format("ask the reader, then: yekun ledger resolve REPORT {} --arrived (or --again)", id);
}

Result<std::string> password_of(TransportSpec const& spec, std::string const& folder, Run const& run) {
  if (!spec.password_env.empty()) {
    auto const found = run.surroundings.variables.find(spec.password_env);
    if (found != run.surroundings.variables.end()) return found->second;
    return failure(trouble("no-password", fmt::format("the environment has no variable '{}'", spec.password_env),
                           "set it to the password of the mail account"));
  }
  if (spec.password_file.empty()) return std::string();
  std::ifstream file(join_path(folder, spec.password_file));
  std::string line;
  if (std::getline(file, line)) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return line;
  }
  return failure(trouble("no-password", fmt::format("the password file '{}' cannot be read", spec.password_file),
                         "it holds the password of the mail account and nothing else"));
}

}  // namespace

Result<std::unique_ptr<Transport>> open_transport(TransportSpec const& spec, std::string const& folder,
                                                  Run const& run) {
  switch (spec.kind) {
    case TransportKind::none:
      break;
    case TransportKind::folder:
      return drop_transport(join_path(folder, spec.target));
    case TransportKind::program:
      return program_transport(
          spec.target.find('/') == std::string::npos ? spec.target : join_path(folder, spec.target),
          static_cast<long>(spec.timeout_seconds));
    case TransportKind::smtp: {
      auto password = password_of(spec, folder, run);
      if (!password) return failure(password.error());
      SmtpServer server;
      server.host = spec.target;
      server.port = static_cast<int>(spec.port);
      server.security = spec.security == "tls"    ? SmtpServer::Security::tls
                        : spec.security == "none" ? SmtpServer::Security::none
                                                  : SmtpServer::Security::starttls;
      server.user = spec.user;
      server.password = *std::move(password);
      server.timeout_seconds = static_cast<long>(spec.timeout_seconds);
      if (!spec.ca_file.empty()) server.ca_file = join_path(folder, spec.ca_file);
      return smtp_transport(std::move(server));
    }
  }
  return failure(trouble("no-transport", "the report does not say how mail leaves",
                         "write \"through\": {\"smtp\": {\"server\": \"mail.example.org\"}} in 'deliver'",
                         Fault::spec));
}

Diagnostics put_in_order(Outbox const& outbox, Run const& run) {
  auto const uncertain = outbox.recover(run.surroundings.now);
  if (!uncertain) return uncertain.error();
  for (auto const& one : *uncertain) {
    auto out =
        trouble("uncertain",
                fmt::format("delivery {} to {} ({}, {}) may or may not have arrived: an earlier run was stopped while "
                            "the server was answering",
                            one.id, one.key.recipient, one.key.job, one.key.occurrence),
                resolve_hint(one.id));
    out.severity = Severity::warning;
    run.console.print({out});
  }
  return {};
}

Exit exit_of(DeliveryCount const& count) {
  if (count.failed() == 0) return Exit::done;
  return count.sent + count.already > 0 ? Exit::part_delivered : Exit::delivery;
}

void Postman::begin_round(int round) {
  round_ = round;
  not_reached_ = 0;
}

bool Postman::is_due(Delivery const& delivery) const {
  return delivery.state == DeliveryState::queued ||
         (delivery.state == DeliveryState::later && (round_ > 1 || delivery.next_at <= clock_()));
}

void Postman::add_to_count(DeliveryState state, bool before) {
  if (state == DeliveryState::sent) ++(before ? count_.already : count_.sent);
  if (state == DeliveryState::later || state == DeliveryState::queued) ++count_.later;
  if (state == DeliveryState::refused) ++count_.refused;
  if (state == DeliveryState::uncertain) ++count_.uncertain;
  if (state == DeliveryState::expired) ++count_.expired;
}

Result<bool> Postman::send(DeliveryKey const& key, std::string const& id, Envelope const& envelope,
                           std::function<Result<std::string>()> const& message) {
  auto delivery = outbox_.add(key, id, clock_());
  if (!delivery) return failure(delivery.error());
  if (!is_due(*delivery)) {
    add_to_count(delivery->state, true);
    if (delivery->state == DeliveryState::sent)
      run_.console.say(fmt::format("{}: has it already", key.recipient));
    else
      tell(*delivery);
    return false;
  }
  if (not_reached_ < kPatience && !shut_out_) {
    auto const bytes = message();
    if (!bytes) return failure(bytes.error());
    if (auto problems = attempt(*delivery, envelope, *bytes); !problems.empty()) return failure(std::move(problems));
    delivery = outbox_.add(key, id, clock_());
    if (!delivery) return failure(delivery.error());
  }
  bool const open = delivery->state == DeliveryState::later || delivery->state == DeliveryState::queued;
  if (open && round_ < tries_ && !shut_out_) return true;
  add_to_count(delivery->state, false);
  if (open) delivery->state = DeliveryState::later;
  if (delivery->detail.empty()) delivery->detail = "the mail server was not reached";
  tell(*delivery);
  return false;
}

Diagnostics Postman::attempt(Delivery const& delivery, Envelope const& envelope, std::string const& message) {
  if (auto problems = outbox_.begin(delivery.id, clock_()); !problems.empty()) return problems;
  Diagnostics ledger;
  auto const answer = transport_.send(envelope, message, [&] {
    ledger = outbox_.commit(delivery.id, clock_());
    return ledger.empty();
  });
  if (!ledger.empty()) return ledger;
  not_reached_ = answer.reach == Reach::nowhere ? not_reached_ + 1 : 0;
  if (answer.reach == Reach::shut_out) {
    shut_out_ = true;
    run_.console.print(
        {trouble("server-closed", fmt::format("the mail server cannot be used: {}", answer.detail),
                 "see to 'user', its password, 'security' and 'ca_file' of 'smtp'; no more is tried now")});
  }
  auto const now = clock_();
  auto const next = now + retry_seconds(delivery.attempts + 1, delivery.message_id);
  return outbox_.finish(delivery.id, answer, now, next);
}

void Postman::tell(Delivery const& delivery) {
  auto const& recipient = delivery.key.recipient;
  auto const& member = delivery.key.member;
  auto const whom = member.empty() ? recipient : fmt::format("{} ({})", recipient, member);
  auto const& detail = delivery.detail;
  Diagnostic out;
  out.fault = Fault::delivery;
  out.severity = Severity::warning;
  switch (delivery.state) {
    case DeliveryState::sent:
      run_.console.say(fmt::format("{}: delivered", whom));
      return;
    case DeliveryState::later:
      out.code = "not-yet-delivered";
      out.message = fmt::format("{}: not taken yet: {}", whom, detail);
      out.hint = "it is tried again by the next run";
      break;
    case DeliveryState::refused:
      out.code = "refused";
      out.message = fmt::format("{}: refused: {}", whom, detail);
      out.hint = "correct the address or ask the mail server's keeper; it is not tried again";
      break;
    case DeliveryState::uncertain:
      out.code = "uncertain";
      out.message = fmt::format("{}: it may or may not have arrived: {}", whom, detail);
      out.hint = resolve_hint(delivery.id);
      break;
    case DeliveryState::expired:
      out.code = "too-late";
      out.message = fmt::format("{}: not sent in time", whom);
      break;
    case DeliveryState::queued:
    case DeliveryState::sending:
    case DeliveryState::committing:
      return;
  }
  run_.console.print({out});
}

}  // namespace yekun
