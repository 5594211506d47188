#include "app/postman.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "reports/spec_file.h"

namespace yekun {
namespace {

Diagnostic trouble(std::string code, std::string message, std::string hint, Fault fault = Fault::delivery) {
  Diagnostic out;
  out.fault = fault;
  out.code = std::move(code);
  out.message = std::move(message);
  out.hint = std::move(hint);
  return out;
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
      return program_transport(spec.target);
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
      if (!spec.ca_file.empty()) server.ca_file = join_path(folder, spec.ca_file);
      return smtp_transport(std::move(server));
    }
  }
  return failure(trouble("no-transport", "the report does not say how mail leaves",
                         "write \"through\": {\"smtp\": {\"server\": \"mail.example.org\"}} in 'deliver'",
                         Fault::spec));
}

Exit exit_of(DeliveryCount const& count) {
  if (count.failed() == 0) return Exit::done;
  return count.sent + count.already > 0 ? Exit::part_delivered : Exit::delivery;
}

Diagnostics Postman::send(DeliveryKey const& key, std::string const& id, Envelope const& envelope,
                          std::function<Result<std::string>()> const& message) {
  auto delivery = outbox_.add(key, id, clock_());
  if (!delivery) return delivery.error();
  bool const due = delivery->state == DeliveryState::queued ||
                   (delivery->state == DeliveryState::later && delivery->next_at <= clock_());
  if (!due) {
    if (delivery->state == DeliveryState::sent) ++count_.already;
    if (delivery->state == DeliveryState::later) ++count_.later;
    if (delivery->state == DeliveryState::refused) ++count_.refused;
    if (delivery->state == DeliveryState::uncertain) ++count_.uncertain;
    if (delivery->state == DeliveryState::expired) ++count_.expired;
    if (delivery->state == DeliveryState::sent)
      run_.console.say(fmt::format("{}: has it already", key.recipient));
    else if (delivery->state != DeliveryState::later)
      tell(delivery->state, key, delivery->detail);
    return {};
  }
  auto const bytes = message();
  if (!bytes) return bytes.error();
  for (int turn = 1; turn <= tries_; ++turn) {
    if (auto problems = attempt(*delivery, envelope, *bytes, turn); !problems.empty()) return problems;
    auto const now = outbox_.add(key, id, clock_());
    if (!now) return now.error();
    delivery = now;
    if (delivery->state != DeliveryState::later || turn == tries_) break;
    pause_(static_cast<double>(retry_seconds(1, delivery->message_id)) / 300.0 * (turn == 1 ? 1.0 : 4.0));
  }
  if (delivery->state == DeliveryState::sent) ++count_.sent;
  if (delivery->state == DeliveryState::later) ++count_.later;
  if (delivery->state == DeliveryState::refused) ++count_.refused;
  if (delivery->state == DeliveryState::uncertain) ++count_.uncertain;
  tell(delivery->state, key, delivery->detail);
  return {};
}

Diagnostics Postman::attempt(Delivery const& delivery, Envelope const& envelope, std::string const& message, int) {
  if (auto problems = outbox_.begin(delivery.id, clock_()); !problems.empty()) return problems;
  Diagnostics ledger;
  auto const answer = transport_.send(envelope, message, [&] {
    ledger = outbox_.commit(delivery.id, clock_());
    return ledger.empty();
  });
  if (!ledger.empty()) return ledger;
  auto const now = clock_();
  auto const next = now + retry_seconds(delivery.attempts + 1, delivery.message_id);
  return outbox_.finish(delivery.id, answer, now, next);
}

void Postman::tell(DeliveryState state, DeliveryKey const& key, std::string const& detail) {
  auto const whom = key.member.empty() ? key.recipient : fmt::format("{} ({})", key.recipient, key.member);
  Diagnostic out;
  out.fault = Fault::delivery;
  out.severity = Severity::warning;
  switch (state) {
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
      out.hint = "ask the reader, then: yekun ledger resolve";
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
