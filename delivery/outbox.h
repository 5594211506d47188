// What is to be delivered to whom, and how far it has come; kept in the ledger, so that nothing is sent twice or lost
// whenever the program is stopped.
//
//   queued ─▶ sending ─▶ committing ─▶ sent | refused | uncertain
//     ▲          │            └──────▶ later (a 4xx answer)
//     └─ later ◀─┘
//
// A row is written before the step it names. Found after a crash: `sending` never had its last byte sent and is tried
// again; `committing` may have arrived: it is uncertain, told, and never sent again by itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "delivery/ledger.h"
#include "delivery/transport.h"

namespace yekun {

enum class DeliveryState { queued, sending, committing, sent, refused, later, uncertain, expired };
std::string_view to_text(DeliveryState state);
std::optional<DeliveryState> parse_delivery_state(std::string_view text);

/// One report to one reader, once: the same four are one delivery, whatever the message holds.
struct DeliveryKey {
  std::string job;
  std::string occurrence;  // of the schedule, or the period of a single sending
  std::string member;      // of for_each
  std::string recipient;   // bare address
};

struct Delivery {
  std::int64_t id = 0;
  DeliveryKey key{};
  DeliveryState state = DeliveryState::queued;
  std::string message_id;
  std::int64_t attempts = 0;
  std::int64_t at = 0;       // of the last change
  std::int64_t next_at = 0;  // not before
  std::string detail{};      // the last answer
};

struct KeptMessage {
  std::string from;   // bare address
  std::string bytes;  // with CR LF
};

class Outbox {
 public:
  explicit Outbox(Ledger const& ledger) : database_(ledger.database()) {}

  /// What a run that was killed left behind (see above). Call it first, while holding the run's lock. Gives the
  /// deliveries that became uncertain.
  Result<std::vector<Delivery>> recover(std::int64_t now) const;

  /// Adds it unless it is there, and gives it as it stands.
  Result<Delivery> add(DeliveryKey const& key, std::string_view message_id, std::int64_t now) const;

  /// A delivery whose message no later run could make again: it is kept with it until it is sent, refused or expired.
  /// Does nothing where the delivery is known already.
  Diagnostics keep(DeliveryKey const& key, std::string_view message_id, KeptMessage const& message,
                   std::int64_t now) const;
  /// Kept messages that are due.
  Result<std::vector<std::pair<Delivery, KeptMessage>>> kept(std::int64_t now) const;

  /// Before connecting; before the last byte; after the answer. Each is on disk when it returns no problem.
  Diagnostics begin(std::int64_t id, std::int64_t now) const;
  Diagnostics commit(std::int64_t id, std::int64_t now) const;
  Diagnostics finish(std::int64_t id, Answered const& answer, std::int64_t now, std::int64_t next_at) const;
  /// No longer useful: it is not sent any more.
  Diagnostics expire(std::int64_t id, std::int64_t now) const;
  /// A person has looked: an uncertain one arrived (sent) or did not (queued again).
  Diagnostics resolve(std::int64_t id, bool arrived, std::int64_t now) const;

  /// All of one job and occurrence; empty texts: of all.
  Result<std::vector<Delivery>> list(std::string_view job = {}, std::string_view occurrence = {}) const;

 private:
  Diagnostics move(std::int64_t id, DeliveryState to, std::string_view phase, std::string_view detail, std::int64_t now,
                   std::int64_t next_at) const;
  SqliteFile const& database_;
};

/// Seconds to wait after the n-th failed attempt (from 1): 5 minutes, doubled each time, at most 6 hours, more or less
/// by up to a fifth, which depends on `seed` only, so that many do not come back at once.
std::int64_t retry_seconds(std::int64_t attempt, std::string_view seed);

/// Only one run works on a ledger at a time: holds <ledger>.lock until it ends, however it ends. nullopt: another does.
/// Error (Fault::delivery): the lock file cannot be made.
class RunLock {
 public:
  static Result<std::optional<RunLock>> take(std::string const& ledger);
  ~RunLock();
  RunLock(RunLock&& other) noexcept;
  RunLock& operator=(RunLock&&) = delete;

 private:
  explicit RunLock(int file) : file_(file) {}
  int file_ = -1;
};

}  // namespace yekun
