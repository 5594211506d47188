#include "app/mail_maker.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "app/render.h"
#include "delivery/mail_body.h"
#include "output/png.h"

namespace yekun {
namespace {

constexpr double kPixelsPerPoint = 8.0 / 3.0;  // double density: a CSS pixel is 3/4 pt

Result<std::string> read_bytes(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(file), {});
  if (file) return bytes;
  Diagnostic out;
  out.fault = Fault::render;
  out.code = "unreadable";
  out.place.file = path;
  out.message = "the file that was written cannot be read again";
  return failure(std::move(out));
}

/// The subject: the report's own, or its title and period.
Result<std::string> subject_of(PreparedReport const& report, Document const& document, Catalogue const& catalogue) {
  auto const& own = report.plan.report.deliver.email->subject;
  if (own.empty()) return catalogue.text("mail.subject", {{"title", document.title}, {"period", document.period_text}});
  auto text = catalogue.locale().message(text_in(own, document.language),
                                         {{"title", document.title}, {"period", document.period_text}});
  if (text) return *std::move(text);
  Diagnostic out;
  out.code = "bad-message";
  out.place = report.plan.report.deliver.email->place;
  out.message = "'subject' cannot be filled in: " + text.error();
  out.hint = "a subject may use {title} and {period}";
  return failure(std::move(out));
}

}  // namespace

std::vector<OutputKind> MailMaker::kinds_for(MailRecipient const& reader) const {
  auto const& attach = report_.plan.report.deliver.email->attach;
  auto const& words = reader.formats ? reader.formats : attach;
  std::vector<OutputKind> out;
  if (words) {
    for (auto const& word : *words)
      if (auto const kind = parse_output_kind(word)) out.push_back(*kind);
    return out;
  }
  for (auto const kind : report_.plan.kinds)
    if (kind == OutputKind::xlsx || kind == OutputKind::pdf) out.push_back(kind);
  return out;
}

std::vector<OutputKind> MailMaker::all_kinds() const {
  std::set<OutputKind> out;
  for (auto const& reader : readers_)
    for (auto const kind : kinds_for(reader)) out.insert(kind);
  return {out.begin(), out.end()};
}

Result<MailMaker::Made const*> MailMaker::made(std::string const& member, std::string const& language) {
  if (member != member_) by_language_.clear();
  member_ = member;
  if (auto const known = by_language_.find(language); known != by_language_.end()) return &known->second;
  auto catalogue = Catalogue::load(language);
  if (!catalogue) return failure(catalogue.error());
  auto const members = members_of(report_);
  if (!members) return failure(members.error());
  auto const whose =
      std::find_if(members->begin(), members->end(), [&](ReportMember const& one) { return one.value == member; });
  SceneType const measurer(type_);
  auto document =
      compose_for(report_, *catalogue, measurer, whose == members->end() ? ReportMember{member, {}} : *whose);
  if (!document) return failure(document.error());
  Artefacts artefacts(folder_, std::to_string(getpid()));
  auto problems = artefacts.prepare();
  if (!has_errors(problems)) problems = render(*document, all_kinds(), *catalogue, measurer, artefacts);
  if (has_errors(problems)) return failure(std::move(problems));
  auto const paths = artefacts.publish();
  if (!paths) return failure(paths.error());
  Made out{*std::move(document), *std::move(catalogue), {}};
  for (auto const& path : *paths) {
    auto bytes = read_bytes(path);
    if (!bytes) return failure(bytes.error());
    out.files.emplace(std::filesystem::path(path).filename().string(), *std::move(bytes));
  }
  return &by_language_.emplace(language, std::move(out)).first->second;
}

void MailMaker::attach(Made const& made, std::vector<OutputKind> const& kinds, MailFrame& frame, Mail& mail) const {
  auto const& spec = *report_.plan.report.deliver.email;
  std::int64_t room = spec.limit_bytes;
  for (auto const& picture : mail.pictures) room -= static_cast<std::int64_t>(picture.png.size()) * 4 / 3;
  for (auto const kind : kinds)
    for (auto const& [name, bytes] : made.files) {
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

Result<AddressedMail> MailMaker::make(MailRecipient const& reader, std::string const& identity,
                                      std::vector<std::string> const& reasons) {
  auto const& languages = report_.plan.languages;
  auto const found = std::find(languages.begin(), languages.end(), reader.language);
  auto const language = found == languages.end() ? languages.front() : reader.language;
  auto const ready = made(reader.member, language);
  if (!ready) return failure(ready.error());
  Made const& it = **ready;
  auto const subject = subject_of(report_, it.document, it.catalogue);
  if (!subject) return failure(subject.error());
  AddressedMail out;
  out.member = reader.member;
  out.stem = it.document.stem;
  Mail& mail = out.mail;
  mail.from = *report_.plan.report.deliver.email->from;
  mail.to = reader.address;
  mail.subject = *subject;
  mail.language = language;
  mail.date = now_;
  mail.identity = identity;
  mail.list = report_.programme.id + " " + report_.plan.report.id;
  SceneType const measurer(type_);
  for (auto const* block : mailed_blocks(it.document)) {
    auto const* chart = std::get_if<ChartBlock>(block);
    if (chart == nullptr) continue;
    auto png = render_png(chart->scene, measurer, {.pixels_per_point = kPixelsPerPoint, .small = true});
    if (!png) return failure(png.error());
    mail.pictures.push_back({picture_id(it.document, *chart), chart->id + ".png", *std::move(png)});
  }
  MailFrame frame;
  frame.reasons = reasons;
  attach(it, kinds_for(reader), frame, mail);
  mail.page = mail_page(it.document, it.catalogue, frame);
  mail.plain = mail_plain(it.document, it.catalogue, frame);
  return out;
}

}  // namespace yekun
