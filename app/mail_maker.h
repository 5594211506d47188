// Documents and files of a report as mails to its readers.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/mail_parts.h"
#include "app/prepared_report.h"
#include "delivery/ledger.h"
#include "delivery/mail.h"
#include "reports/recipients.h"

namespace yekun {

/// One reader's mail and what it is about.
struct AddressedMail {
  Mail mail{};
  std::string member;
  std::string stem;  // of file names: quarterly-2025-Q3-az
};

/// Makes mails. Documents and files of one member and language are made once, for however many readers; only those of
/// the last member are kept.
class MailMaker {
 public:
  /// `readers`: all who will get one, so that files are made in the formats that somebody gets. `folder`: where the
  /// files that are attached are written as well, as `build` writes them. `note` hears of each file before it is used.
  MailMaker(PreparedReport const& report, std::vector<MailRecipient> const& readers, Typeface const& type,
            std::string folder, std::int64_t now, std::function<Diagnostics(std::vector<LedgerFile> const&)> note = {})
      : report_(report),
        readers_(readers),
        type_(type),
        folder_(std::move(folder)),
        now_(now),
        note_(std::move(note)) {}

  /// Errors: a document that cannot be composed or rendered; files that cannot be written (Fault::render).
  Result<AddressedMail> make(MailRecipient const& reader, std::string const& identity,
                             std::vector<std::string> const& reasons);

 private:
  struct Made {
    Document document{};
    Catalogue catalogue;
    MailBasis basis{};
    std::map<std::string, std::string> files{};  // of all kinds that some reader gets: name -> bytes
  };
  Result<Made const*> made(std::string const& member, std::string const& language);
  Diagnostics note_files(FileBytes const& files) const;
  std::vector<OutputKind> kinds_for(MailRecipient const& reader) const;
  std::vector<OutputKind> all_kinds() const;

  PreparedReport const& report_;
  std::vector<MailRecipient> const& readers_;
  Typeface const& type_;
  std::string folder_;
  std::int64_t now_;
  std::function<Diagnostics(std::vector<LedgerFile> const&)> note_;
  std::string member_{};
  std::map<std::string, Made> by_language_{};
};

}  // namespace yekun
