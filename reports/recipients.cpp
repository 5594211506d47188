#include "reports/recipients.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace yekun {
namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  std::size_t at = 0;
  while (at < text.size()) {
    auto const end = std::min(text.find_first_of(" ,;", at), text.size());
    if (end > at) out.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

Diagnostic bad_row(std::string const& dataset, std::size_t row, std::string const& column, std::string message,
                   std::string hint) {
  Diagnostic out;
  out.fault = Fault::delivery;
  out.code = "bad-recipient";
  out.place.file = dataset;
  out.place.row = row + 1;
  out.place.field = column;
  out.message = std::move(message);
  out.hint = std::move(hint);
  return out;
}

/// One row as a recipient; nothing, and a problem, where it is none.
std::optional<MailRecipient> recipient_of(std::vector<std::string> const& cells, RecipientSource const& source,
                                          std::size_t row, Diagnostics& problems) {
  static std::set<std::string, std::less<>> const formats{"xlsx", "pdf", "html", "png", "svg"};
  MailRecipient out;
  auto address = parse_address(cells[0]);
  if (!address) {
    problems.push_back(bad_row(source.dataset, row, source.address, "the address " + address.error(),
                               "this reader gets nothing until it is corrected"));
    return std::nullopt;
  }
  out.address = *std::move(address);
  if (!cells[1].empty()) out.address.name = cells[1];
  out.language = cells[2];
  if (!out.language.empty() &&
      std::find(std::begin(kLanguages), std::end(kLanguages), out.language) == std::end(kLanguages)) {
    problems.push_back(bad_row(source.dataset, row, source.language, fmt::format("unknown language '{}'", out.language),
                               "write one of az, ka, tk, ru, en"));
    return std::nullopt;
  }
  for (auto const& word : words_of(cells[3])) {
    if (formats.contains(word)) {
      if (!out.formats) out.formats.emplace();
      out.formats->push_back(word);
      continue;
    }
    problems.push_back(bad_row(source.dataset, row, source.formats, fmt::format("unknown format '{}'", word),
                               "write some of xlsx, pdf, html, png, svg"));
    return std::nullopt;
  }
  out.member = cells[4];
  out.place = source.place;
  return out;
}

Result<Recipients> from_dataset(Programme const& programme, RecipientSource const& wanted,
                                SourceContext const& context) {
  Recipients out;
  auto const* dataset = programme.dataset(wanted.dataset);
  if (dataset == nullptr) return out;
  auto const source = open_source(*dataset, context);
  if (!source) return failure(source.error());
  std::vector<std::string> columns;
  std::vector<std::size_t> at;
  for (auto const* name : {&wanted.address, &wanted.name, &wanted.language, &wanted.formats, &wanted.member}) {
    auto const known = std::find(columns.begin(), columns.end(), *name);
    at.push_back(name->empty() ? SIZE_MAX : static_cast<std::size_t>(known - columns.begin()));
    if (!name->empty() && known == columns.end()) columns.push_back(*name);
  }
  auto const table = read_table(**source, columns);
  if (!table) return failure(table.error());
  for (std::size_t row = 0; row < table->rows(); ++row) {
    std::vector<std::string> cells(at.size());
    for (std::size_t i = 0; i < at.size(); ++i) {
      if (at[i] == SIZE_MAX) continue;
      auto const& column = table->columns[at[i]];
      if (column.has(row) && column.type == Type::text) cells[i] = std::string(column.text(row));
    }
    if (auto one = recipient_of(cells, wanted, row, out.problems)) out.all.push_back(*std::move(one));
  }
  return out;
}

}  // namespace

Result<Recipients> read_recipients(Programme const& programme, MailSpec const& mail, SourceContext const& context) {
  Recipients out;
  out.all = mail.to;
  if (mail.recipients) {
    auto more = from_dataset(programme, *mail.recipients, context);
    if (!more) return more;
    out.all.insert(out.all.end(), more->all.begin(), more->all.end());
    out.problems = std::move(more->problems);
  }
  std::set<std::pair<std::string, std::string>> seen;
  std::erase_if(
      out.all, [&](MailRecipient const& one) { return !seen.emplace(folded(one.address.address), one.member).second; });
  return out;
}

}  // namespace yekun
