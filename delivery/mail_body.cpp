#include "delivery/mail_body.h"

#include <algorithm>

namespace yekun {
namespace {

bool is_mailed(Block const& block) {
  if (std::holds_alternative<PageBreak>(block) || std::holds_alternative<ExploreBlock>(block)) return false;
  auto const* table = std::get_if<TableBlock>(&block);
  if (table == nullptr) return true;
  return table->kind == TableKind::plain || table->kind == TableKind::indicators ||
         table->kind == TableKind::logframe || table->kind == TableKind::restatements;
}

}  // namespace

std::vector<Block const*> mailed_blocks(Document const& document) {
  std::vector<Block const*> out;
  int wanted = 0;  // backwards: the highest level of heading that has something beneath it; 0: none yet
  for (auto at = document.blocks.rbegin(); at != document.blocks.rend(); ++at) {
    if (auto const* heading = std::get_if<Heading>(&*at)) {
      if (wanted == 0 || wanted < heading->level) continue;
      wanted = heading->level <= 1 ? 0 : heading->level - 1;
      out.push_back(&*at);
    } else if (is_mailed(*at)) {
      wanted = 99;
      out.push_back(&*at);
    }
  }
  return {out.rbegin(), out.rend()};
}

std::vector<std::string> closing_lines(Catalogue const& catalogue, MailFrame const& frame) {
  std::vector<std::string> out;
  auto const& locale = catalogue.locale();
  if (!frame.attached.empty()) out.push_back(catalogue.text("mail.attached", {{"files", locale.list(frame.attached)}}));
  if (!frame.left_out.empty())
    out.push_back(frame.left_out_at.empty()
                      ? catalogue.text("mail.left_out", {{"files", locale.list(frame.left_out)}})
                      : catalogue.text("mail.left_out_at",
                                       {{"files", locale.list(frame.left_out)}, {"place", frame.left_out_at}}));
  out.push_back(catalogue.text("mail.automatic"));
  return out;
}

std::string more_line(Catalogue const& catalogue, MailFrame const& frame, std::string const& key, std::size_t n) {
  bool const has_workbook = std::any_of(frame.attached.begin(), frame.attached.end(),
                                        [](std::string const& name) { return name.ends_with(".xlsx"); });
  return catalogue.text(has_workbook ? key : key + "_nowhere", {{"n", static_cast<std::int64_t>(n)}});
}

std::string picture_id(Document const& document, ChartBlock const& chart) {
  std::string out;
  for (char const c : document.language + "-" + chart.id)
    out += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ? c : '.';
  return out + "@yekun";
}

}  // namespace yekun
