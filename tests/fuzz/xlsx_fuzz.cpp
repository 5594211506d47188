// Any bytes as a workbook: its parts, its layout and its cells. The bytes after the first, if that is odd, are taken as
// the XML of a sheet, so that the tokenizer is reached without a valid zip file.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "data-loaders/ods_content.h"
#include "data-loaders/xlsx_layout.h"
#include "data-loaders/xml_reader.h"

namespace {

class CountingHandler final : public yekun::SheetHandler {
 public:
  bool wants(std::uint32_t) const override { return true; }
  bool cell(std::uint64_t, yekun::SheetCell const& cell) override {
    bytes += cell.value.size();
    return true;
  }
  bool row_end(std::uint64_t, bool) override { return true; }
  std::size_t bytes = 0;
};

void read_book(yekun::Workbook const& book) {
  auto const texts = book.shared_texts();
  if (!texts) return;
  for (std::size_t i = 0; i < book.sheets().size() && i < 4; ++i) {
    if (!book.sheets()[i].worksheet) continue;
    yekun::SheetPart part;
    part.sheet = i;
    static_cast<void>(yekun::find_layout(book, **texts, part, {}));
    CountingHandler handler;
    static_cast<void>(book.read_cells(i, handler));
  }
  static_cast<void>(book.range("x"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) return 0;
  std::string_view const bytes(reinterpret_cast<char const*>(data), size);
  if (data[0] % 2 != 0) {
    CountingHandler handler;
    static_cast<void>(yekun::read_sheet(yekun::stream_of(bytes.substr(1)), handler));
    static_cast<void>(yekun::SharedTexts::read(yekun::stream_of(bytes.substr(1))));
    static_cast<void>(yekun::read_merges(yekun::stream_of(bytes.substr(1))));
    static_cast<void>(yekun::read_ods_content(yekun::stream_of(bytes.substr(1))));
    static_cast<void>(yekun::read_ods_sheet(yekun::stream_of(bytes.substr(1)), 0, handler));
    static_cast<void>(yekun::read_ods_merges(yekun::stream_of(bytes.substr(1)), 0));
    return 0;
  }
  if (auto const book = yekun::Workbook::open_bytes(bytes)) read_book(*book);
  return 0;
}
