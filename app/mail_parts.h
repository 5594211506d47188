// What a mail of a report says, whoever gets it; and the same as a draft that a person sends.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/catalogue.h"
#include "delivery/mail.h"
#include "output/scene_type.h"
#include "reports/document.h"
#include "reports/report_spec.h"

namespace yekun {

using FileBytes = std::map<std::string, std::string>;  // name -> bytes

/// The document as mails show it, and the pictures in it: the same for all its readers.
struct MailBasis {
  Document document{};
  std::vector<MailPicture> pictures{};
};

/// Errors: a picture that cannot be drawn (Fault::render).
Result<MailBasis> mail_basis(Document const& document, Catalogue const& catalogue, SceneType const& measurer);

/// Subject, language, words, pictures, and the files of these kinds as far as the spec's limit goes; sender, reader,
/// date and identity are the caller's. `reasons`: why it comes. Errors: a subject that cannot be filled in.
Result<Mail> compose_mail(MailSpec const& spec, MailBasis const& basis, Catalogue const& catalogue,
                          FileBytes const& files, std::vector<OutputKind> const& kinds,
                          std::vector<std::string> const& reasons);

/// <stem>.eml of `build`: a message to nobody yet, which mail programs open for sending, with the workbook and the PDF
/// that are built with it (or what `attach` names of these). Its date is the as-of day.
Result<std::string> draft_mail(ReportSpec const& report, Document const& document, Catalogue const& catalogue,
                               FileBytes const& files, Date as_of, SceneType const& measurer);

}  // namespace yekun
