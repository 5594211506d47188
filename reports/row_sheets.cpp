#include "reports/row_sheets.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/document_walk.h"
#include "reports/row_sheet_maker.h"

namespace yekun {

namespace {

/// The leaves that rows of this dataset may explain.
std::vector<Lineage const*> leaves_of(Document const& document, Programme const& programme,
                                      std::string const& dataset) {
  std::vector<Lineage const*> out;
  std::function<void(Lineage const&)> const visit = [&](Lineage const& node) {
    for (LineagePtr const& part : node.parts)
      if (part) visit(*part);
    if (node.kind != Lineage::Kind::cell || !node.value.is_value()) return;
    Indicator const* const indicator = programme.indicator(node.indicator);
    if (indicator != nullptr && indicator->dataset == dataset) out.push_back(&node);
  };
  for_each_lineage(document, visit);
  return out;
}

}  // namespace

tl::expected<void, Diagnostics> RowSheets::add_to(Document& document, Catalogue const& catalogue) {
  bool granted = false;
  for (Dataset const& dataset : programme_.datasets) {
    if (!dataset.pseudonymous_rows) continue;
    granted = true;
    auto const leaves = leaves_of(document, programme_, dataset.id);
    if (leaves.empty()) continue;
    auto const schema = sources_.schema(dataset.id);
    if (!schema) return failure(schema.error());
    RowSheetMaker maker(programme_, dataset, **schema, catalogue);
    for (Lineage const* leaf : leaves) maker.add(*leaf, *programme_.indicator(leaf->indicator));
    if (maker.empty()) continue;
    auto const wanted = maker.wanted();
    std::string const key = fmt::format("{} {}", dataset.id, fmt::join(wanted, ","));
    auto known = rows_.find(key);
    if (known == rows_.end()) {
      auto rows = JoinedRows::read(dataset, **schema, wanted, sources_);
      if (!rows) return failure(rows.error());
      known = rows_.emplace(key, *std::move(rows)).first;
    }
    auto sheet = maker.fill(known->second, most_);
    if (!sheet) return failure(sheet.error());
    if (*sheet && (**sheet).rows == 0) continue;
    if (*sheet)
      document.data_sheets.push_back(**std::move(sheet));
    else
      document.workbook_notes.push_back(catalogue.text(
          "workbook.too_many_rows", {{"dataset", dataset.id}, {"most", static_cast<std::int64_t>(most_)}}));
  }
  if (!granted) document.workbook_notes.push_back(catalogue.text("workbook.no_rows"));
  return {};
}

}  // namespace yekun
