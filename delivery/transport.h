// How a message leaves: by SMTP, through a sendmail-compatible program, or into a folder.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/diagnostic.h"

namespace yekun {

/// accepted: the next hop has taken it. refused: it never will (5xx). later: it has not, and may (4xx, network).
/// uncertain: the whole message was sent and the answer was lost; it may or may not have been taken.
enum class SendOutcome { accepted, refused, later, uncertain };
std::string_view to_text(SendOutcome outcome);

/// How far one came. nowhere: nobody answered, or not in time. shut_out: the server does not have us, whatever the
/// message: a wrong password, a certificate that is not trusted, no TLS; trying again at once is of no use.
enum class Reach { server, nowhere, shut_out };

struct Answered {
  SendOutcome outcome = SendOutcome::later;
  std::string detail;  // the server's words or the network's trouble, one line, no secrets
  Reach reach = Reach::server;
};

struct Envelope {
  std::string from;  // bare addresses
  std::string to;
};

/// One message to one recipient. `on_commit` is called once, before the last byte that could make the message count;
/// if it returns false the message is not finished and the outcome is `later`.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual Answered send(Envelope const& envelope, std::string const& message,
                        std::function<bool()> const& on_commit) = 0;
};

/// Messages as <message-id>.eml in a folder, each whole or not at all; one that is there already stays.
std::unique_ptr<Transport> drop_transport(std::string folder);

/// A program that takes a message on standard input: `sendmail -i -f FROM -- TO`; a name without '/' is looked for in
/// PATH. It has the whole message from its first moment, so on_commit is called before it is started. Exit statuses by
/// sysexits.h: 0 is accepted; 71 to 75 and 78 (and a shell's 126 and 127) are `later`; others `refused`. One that is
/// stopped by a signal, or does not end in time and is stopped with all it has started, leaves it `uncertain`.
std::unique_ptr<Transport> program_transport(std::string program, long timeout_seconds = 300);

struct SmtpServer {
  std::string host;
  int port = 587;
  enum class Security { starttls, tls, none } security = Security::starttls;
  std::string user{};
  std::string password{};      // from the environment or a file, never from a spec
  std::string ca_file{};       // own certificate authority; empty: the system's
  std::string hello{};         // our name in EHLO; empty: the sender's domain
  long timeout_seconds = 300;  // for one message
};

/// Over libcurl, which is loaded when the first transport is made. The connection is kept between messages. Errors
/// (Fault::delivery): libcurl is not there.
Result<std::unique_ptr<Transport>> smtp_transport(SmtpServer server);

}  // namespace yekun
