#include <fmt/format.h>

#include "output/page.h"

namespace yekun {
namespace {

struct Printer {
  std::string out{};
  int depth = 0;

  void line(std::string const& text) { out += std::string(static_cast<std::size_t>(depth) * 2, ' ') + text + "\n"; }
  static std::string at(scene::Box const& box) {
    return fmt::format("{:.1f} {:.1f} {:.1f}x{:.1f}", box.x, box.y, box.width, box.height);
  }

  void operator()(page::Text const& text) {
    line(fmt::format("text {:.1f} {:.1f} {:.1f}pt{}{}{} {}: {}", text.x, text.y, text.style.size_pt,
                     text.style.bold ? " bold" : "", text.style.italic ? " italic" : "", text.style.mono ? " mono" : "",
                     to_hex(text.colour), text.text));
  }
  void operator()(page::Fill const& fill) { line(fmt::format("fill {} {}", at(fill.box), to_hex(fill.colour))); }
  void operator()(page::Rule const& rule) {
    line(fmt::format("rule {:.1f} {:.1f} {:.1f} {:.2f}pt {}", rule.x, rule.y, rule.width, rule.thickness,
                     to_hex(rule.colour)));
  }
  void operator()(page::Sign const& sign) {
    line(fmt::format("sign {} {} {}", static_cast<int>(sign.kind), at(sign.box), to_hex(sign.colour)));
  }
  void operator()(page::Drawing const& drawing) { line("drawing " + at(drawing.box)); }
  void operator()(page::Image const& image) { line("image " + at(image.box)); }
  void operator()(page::Open const& open) {
    line(open.alt.empty() ? open.tag : fmt::format("{} ({})", open.tag, open.alt));
    ++depth;
  }
  void operator()(page::Close const& /*close*/) { --depth; }
  void operator()(page::Link const& link) {
    line(link.target.empty() ? fmt::format("link {} page {} {:.1f}", at(link.box), link.page, link.y)
                             : fmt::format("link {} {}", at(link.box), link.target));
  }
};

}  // namespace

std::string to_text(page::Page const& page) {
  Printer printer;
  printer.line(fmt::format("page {} {:.1f}x{:.1f}", page.number, page.geometry.width, page.geometry.height));
  for (auto const& item : page.items) std::visit(printer, item);
  return std::move(printer.out);
}

}  // namespace yekun
