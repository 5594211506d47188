// OpenDocument spreadsheets as workbooks, and the cells of either kind.
#include "data-loaders/ods_content.h"

namespace yekun {
namespace {

constexpr std::size_t kMostManifest = std::size_t{4} << 20;

}  // namespace

Read<void> Workbook::read_open_document() {
  open_document_ = true;
  if (zip_.find("META-INF/manifest.xml") != nullptr) {
    auto stream = part("META-INF/manifest.xml");
    if (!stream) return tl::unexpected(stream.error());
    auto const manifest = read_all(**stream, kMostManifest);
    if (!manifest) return tl::unexpected(manifest.error());
    if (manifest->find("encryption-data") != std::string::npos)
      return tl::unexpected(
          std::string("is protected by a password; open it in LibreOffice, save it without one and use that copy"));
  }
  auto stream = part("content.xml");
  if (!stream) return tl::unexpected(stream.error());
  auto content = read_ods_content(std::move(*stream));
  if (!content) return tl::unexpected(content.error());
  sheets_ = std::move(content->sheets);
  for (auto& [name, range] : content->names) {
    names_.push_back(std::move(name));
    name_ranges_.push_back(std::move(range));
  }
  return {};
}

Read<SheetFacts> Workbook::read_cells(std::size_t sheet, SheetHandler& handler, bool ahead) const {
  auto stream = part(sheets_[sheet].part);
  if (!stream) return tl::unexpected(stream.error());
  if (ahead) *stream = read_ahead(std::move(*stream));
  if (open_document_) return read_ods_sheet(std::move(*stream), sheet, handler);
  return read_sheet(std::move(*stream), handler);
}

Read<std::vector<CellRange>> Workbook::merges(std::size_t sheet) const {
  auto stream = part(sheets_[sheet].part);
  if (!stream) return tl::unexpected(stream.error());
  if (open_document_) return read_ods_merges(std::move(*stream), sheet);
  return read_merges(std::move(*stream));
}

}  // namespace yekun
