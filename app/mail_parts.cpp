#include "app/mail_parts.h"

#include <algorithm>

#include "delivery/mail_body.h"
#include "delivery/mail_page.h"
#include "output/png.h"

namespace yekun {
namespace {

constexpr double kPixelsPerPoint = 8.0 / 3.0;  // double density: a CSS pixel is 3/4 pt

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

void attach(MailSpec const& spec, FileBytes const& files, std::vector<OutputKind> const& kinds, MailFrame& frame,
            Mail& mail) {
  std::int64_t room = spec.limit_bytes;
  for (auto const& picture : mail.pictures) room -= static_cast<std::int64_t>(picture.png.size()) * 4 / 3;
  for (auto const kind : kinds)
    for (auto const& [name, bytes] : files) {
      if (!name.ends_with("." + std::string(to_text(kind)))) continue;
      auto const size = static_cast<std::int64_t>(bytes.size()) * 4 / 3 + 4096;
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

Result<Mail> compose_mail(MailSpec const& spec, Document const& document, Catalogue const& catalogue,
                          FileBytes const& files, std::vector<OutputKind> const& kinds,
                          std::vector<std::string> const& reasons, SceneType const& measurer) {
  Mail mail;
  auto subject = subject_of(spec, document, catalogue);
  if (!subject) return failure(subject.error());
  mail.subject = *std::move(subject);
  mail.language = document.language;
  for (auto const* block : mailed_blocks(document)) {
    auto const* chart = std::get_if<ChartBlock>(block);
    if (chart == nullptr) continue;
    auto png = render_png(chart->scene, measurer, {.pixels_per_point = kPixelsPerPoint, .small = true});
    if (!png) return failure(png.error());
    mail.pictures.push_back({picture_id(document, *chart), chart->id + ".png", *std::move(png)});
  }
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
  auto mail = compose_mail(spec, document, catalogue, files, kinds, {}, measurer);
  if (!mail) return failure(mail.error());
  mail->is_draft = true;
  if (spec.from) mail->from = *spec.from;
  mail->date = std::int64_t{as_of.days} * 86400;
  mail->identity = document.stem;
  return to_message(*mail);
}

}  // namespace yekun
