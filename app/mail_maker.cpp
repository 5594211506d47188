#include "app/mail_maker.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "app/render.h"
#include "output/digest.h"

namespace yekun {
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

Diagnostics MailMaker::note_files(FileBytes const& files) const {
  if (!note_) return {};
  std::vector<LedgerFile> out;
  for (auto const& [name, bytes] : files) out.push_back({name, sha256_hex(bytes), bytes.size(), 0});
  return note_(out);
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
  auto basis = mail_basis(*document, *catalogue, measurer);
  if (!basis) return failure(basis.error());
  Made out{*std::move(document), *std::move(catalogue), *std::move(basis), {}};
  for (auto const& path : *paths) {
    auto bytes = read_artefact(path);
    if (!bytes) return failure(bytes.error());
    out.files.emplace(std::filesystem::path(path).filename().string(), *std::move(bytes));
  }
  if (auto wrong = note_files(out.files); !wrong.empty()) return failure(std::move(wrong));
  return &by_language_.emplace(language, std::move(out)).first->second;
}

Result<AddressedMail> MailMaker::make(MailRecipient const& reader, std::string const& identity,
                                      std::vector<std::string> const& reasons) {
  auto const& languages = report_.plan.languages;
  auto const found = std::find(languages.begin(), languages.end(), reader.language);
  auto const language = found == languages.end() ? languages.front() : reader.language;
  auto const ready = made(reader.member, language);
  if (!ready) return failure(ready.error());
  Made const& it = **ready;
  auto mail =
      compose_mail(*report_.plan.report.deliver.email, it.basis, it.catalogue, it.files, kinds_for(reader), reasons);
  if (!mail) return failure(mail.error());
  mail->from = *report_.plan.report.deliver.email->from;
  mail->to = reader.address;
  mail->date = now_;
  mail->identity = identity;
  mail->list = report_.programme.id + " " + report_.plan.report.id;
  return AddressedMail{*std::move(mail), reader.member, it.document.stem};
}

}  // namespace yekun
