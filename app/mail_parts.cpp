#include "app/mail_parts.h"

#include <algorithm>

#include "delivery/mail_body.h"
#include "delivery/mail_document.h"
#include "delivery/mail_page.h"
#include "output/png.h"

namespace yekun {
namespace {

/// Of words: the page has at most kMostPageBytes, of which few need three letters each; and the plain text.
constexpr std::int64_t kFrameBytes = 3 * static_cast<std::int64_t>(kMostPageBytes);
constexpr double kDensity = 2;                 // pixels of a picture to a CSS pixel
constexpr double kRoom = 576;                  // CSS pixels that a full-width picture has
constexpr double kPixelsPerPoint = 8.0 / 3.0;  // of smaller ones: a CSS pixel is 3/4 pt

/// The subject: the report's own, or its title and period.
Result<std::string> subject_of(MailSpec const& spec, Document const& document, Catalogue const& catalogue) {
  if (spec.subject.empty())
    return catalogue.text("mail.subject", {{"title", document.title}, {"period", document.period_text}});
  auto text = catalogue.locale().message(text_in(spec.subject, document.language),
                                         {{"title", document.title}, {"period", document.period_text}});
  if (text) return *std::move(text);
  Diagnostic out;
  out.code = "bad-message";
  out.place = spec.place;
  out.message = "'subject' cannot be filled in: " + text.error();
  out.hint = "a subject may use {title} and {period}";
  return failure(std::move(out));
}

/// Bytes of a file in the message: base64 in lines of 76 with their ends, and the part's headers.
std::int64_t encoded_size(std::string const& bytes) {
  constexpr std::int64_t kHeaders = 2048;
  auto const letters = (static_cast<std::int64_t>(bytes.size()) + 2) / 3 * 4;
  return letters + (letters + 75) / 76 * 2 + kHeaders;
}

void attach(MailSpec const& spec, FileBytes const& files, std::vector<OutputKind> const& kinds, MailFrame& frame,
            Mail& mail) {
  std::int64_t room = spec.limit_bytes - kFrameBytes;
  for (auto const& picture : mail.pictures) room -= encoded_size(picture.png);
  for (auto const kind : kinds)
    for (auto const& [name, bytes] : files) {
      if (!name.ends_with("." + std::string(to_text(kind)))) continue;
      auto const size = encoded_size(bytes);
      if (size > room) {
        frame.left_out.push_back(name);
        frame.left_out_at = spec.shared_path;
        continue;
      }
      room -= size;
      frame.attached.push_back(name);
      mail.attachments.push_back({name, type_of_file(name), bytes});
    }
}

}  // namespace

Result<MailBasis> mail_basis(Document const& document, Catalogue const& catalogue, SceneType const& measurer) {
  MailBasis out{mail_document(document, catalogue, measurer), {}};
  for (auto const* block : mailed_blocks(out.document)) {
    auto const* chart = std::get_if<ChartBlock>(block);
    if (chart == nullptr) continue;
    double const scale = chart->share > 0.6 ? kDensity * kRoom / chart->scene.width_pt : kPixelsPerPoint;
    auto png = render_png(chart->scene, measurer, {.pixels_per_point = scale, .small = true});
    if (!png) return failure(png.error());
    out.pictures.push_back({picture_id(out.document, *chart), chart->id + ".png", *std::move(png)});
  }
  return out;
}

Result<Mail> compose_mail(MailSpec const& spec, MailBasis const& basis, Catalogue const& catalogue,
                          FileBytes const& files, std::vector<OutputKind> const& kinds,
                          std::vector<std::string> const& reasons) {
  auto const& document = basis.document;
  Mail mail;
  auto subject = subject_of(spec, document, catalogue);
  if (!subject) return failure(subject.error());
  mail.subject = *std::move(subject);
  mail.language = document.language;
  mail.pictures = basis.pictures;
  MailFrame frame;
  frame.reasons = reasons;
  attach(spec, files, kinds, frame, mail);
  mail.page = mail_page(document, catalogue, frame);
  mail.plain = mail_plain(document, catalogue, frame);
  return mail;
}

Result<std::string> draft_mail(ReportSpec const& report, Document const& document, Catalogue const& catalogue,
                               FileBytes const& files, Date as_of, SceneType const& measurer) {
  auto const spec = report.deliver.email.value_or(MailSpec{});
  std::vector<OutputKind> kinds{OutputKind::xlsx, OutputKind::pdf};
  if (spec.attach)
    std::erase_if(kinds, [&](OutputKind kind) {
      return std::find(spec.attach->begin(), spec.attach->end(), to_text(kind)) == spec.attach->end();
    });
  auto const basis = mail_basis(document, catalogue, measurer);
  if (!basis) return failure(basis.error());
  auto mail = compose_mail(spec, *basis, catalogue, files, kinds, {});
  if (!mail) return failure(mail.error());
  mail->is_draft = true;
  if (spec.from) mail->from = *spec.from;
  mail->date = std::int64_t{as_of.days} * 86400;
  mail->identity = document.stem;
  return to_message(*mail);
}

}  // namespace yekun
