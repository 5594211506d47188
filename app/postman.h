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
  /// `tries` attempts in this run, with growing pauses made by `pause` (seconds).
  Postman(Outbox const& outbox, Transport& transport, Run const& run, std::function<std::int64_t()> clock,
          std::function<void(double)> pause, int tries)
      : outbox_(outbox),
        transport_(transport),
        run_(run),
        clock_(std::move(clock)),
        pause_(std::move(pause)),
        tries_(tries) {}

  /// Sends one message if the outbox says that it is due. `message` is asked for only then. Errors (Fault::delivery):
  /// the ledger cannot be written: nothing more may be sent.
  Diagnostics send(DeliveryKey const& key, std::string const& id, Envelope const& envelope,
                   std::function<Result<std::string>()> const& message);

  DeliveryCount const& count() const { return count_; }

 private:
  Diagnostics attempt(Delivery const& delivery, Envelope const& envelope, std::string const& message, int turn);
  void tell(DeliveryState state, DeliveryKey const& key, std::string const& detail);

  Outbox const& outbox_;
  Transport& transport_;
  Run const& run_;
  std::function<std::int64_t()> clock_;
  std::function<void(double)> pause_;
  int tries_;
  DeliveryCount count_{};
};

}  // namespace yekun
