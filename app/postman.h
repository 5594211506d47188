// Sends mails through a transport, each once, with every step in the ledger.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/command.h"
#include "delivery/outbox.h"
#include "reports/deliver_spec.h"

namespace yekun {

/// The way out that a spec names, with its password fetched. Errors: Fault::spec where there is none, Fault::delivery
/// where the password or the library is not there. Paths are relative to `folder`.
Result<std::unique_ptr<Transport>> open_transport(TransportSpec const& spec, std::string const& folder, Run const& run);

/// What a run that was stopped left behind (Outbox::recover); deliveries that became uncertain are told. Call it while
/// holding the run's lock. Errors: of the ledger.
Diagnostics put_in_order(Outbox const& outbox, Run const& run);

/// What became of a run's deliveries.
struct DeliveryCount {
  std::size_t sent = 0;
  std::size_t already = 0;  // sent by an earlier run
  std::size_t later = 0;    // to be tried again
  std::size_t refused = 0;
  std::size_t uncertain = 0;
  std::size_t expired = 0;
  std::size_t failed() const { return later + refused + uncertain + expired; }
};

/// 0 if all have it, 6 if none has, 7 if some have.
Exit exit_of(DeliveryCount const& count);

class Postman {
 public:
  /// `tries`: rounds over all readers in this run.
  Postman(Outbox const& outbox, Transport& transport, Run const& run, std::function<std::int64_t()> clock, int tries)
      : outbox_(outbox), transport_(transport), run_(run), clock_(std::move(clock)), tries_(tries) {}

  /// A round of this run, from 1: what was not taken in the last one is tried again, whenever the outbox would.
  void begin_round(int round);

  /// Sends one message if it is due. `message` is asked for only then. Gives whether it is worth another round. A
  /// server that three messages in a row did not reach is left alone for the rest of the round, one that does not have
  /// us (wrong password, bad certificate) for the rest of the run. Errors (Fault::delivery): the ledger cannot be
  /// written: nothing more may be sent.
  Result<bool> send(DeliveryKey const& key, std::string const& id, Envelope const& envelope,
                    std::function<Result<std::string>()> const& message);

  DeliveryCount const& count() const { return count_; }

 private:
  bool is_due(Delivery const& delivery) const;
  Diagnostics attempt(Delivery const& delivery, Envelope const& envelope, std::string const& message);
  void add_to_count(DeliveryState state, bool before);
  void tell(Delivery const& delivery);

  Outbox const& outbox_;
  Transport& transport_;
  Run const& run_;
  std::function<std::int64_t()> clock_;
  int tries_;
  int round_ = 1;
  int not_reached_ = 0;  // in a row
  bool shut_out_ = false;
  DeliveryCount count_{};
};

}  // namespace yekun
