// A mail as values, and its bytes: one message to one recipient.
//
//   multipart/mixed
//     multipart/alternative
//       text/plain
//       multipart/related: text/html and the pictures it shows
//     the attachments
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/diagnostic.h"
#include "core/mail_address.h"

namespace yekun {

struct MailPicture {
  std::string id;    // ASCII; the page names it as cid:<id>
  std::string name;  // of the file
  std::string png;
};

struct MailAttachment {
  std::string name;
  std::string type;  // application/pdf
  std::string bytes;
};

struct Mail {
  MailAddress from;
  MailAddress to;
  std::string subject;
  std::string language;   // az
  std::int64_t date = 0;  // seconds since 1970-01-01T00:00:00Z
  std::string identity;   // what makes this delivery this one: job, period, member, content
  std::string list;       // "az-social-services quarterly": List-Id's name and local part are made from it
  std::string plain;
  std::string page;       // HTML
  bool is_draft = false;  // to be sent by a person: without reader, Message-ID and the headers of automatic mail
  std::vector<MailPicture> pictures{};
  std::vector<MailAttachment> attachments{};
};

/// Message-ID without brackets: a hash of identity and recipient, at the sender's domain. The same delivery has the
/// same one, whenever it is tried.
std::string message_id(MailAddress const& from, MailAddress const& to, std::string_view identity);

/// The message with CR LF line ends, not dot-stuffed. The same mail gives the same bytes. No line is longer than 998
/// characters. It tells answering machines to keep silent (Auto-Submitted, RFC 3834).
std::string to_message(Mail const& mail);

/// "Sun, 22 Nov 2026 19:00:00 +0000".
std::string mail_date(std::int64_t seconds);

/// "application/pdf" for report.pdf; application/octet-stream where the ending is not one of ours.
std::string type_of_file(std::string_view name);

}  // namespace yekun
