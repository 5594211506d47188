#include "charts/scene.h"

#include <fmt/format.h>

#include "charts/text_measurer.h"

namespace yekun {

namespace scene {

Box box_of(Text const& text) {
  double const shift = text.anchor == Anchor::start ? 0 : text.anchor == Anchor::middle ? 0.5 : 1;
  return {text.at.x - shift * text.width_pt, text.at.y - kTextAscent * text.size_pt, text.width_pt,
          (kTextAscent + kTextDescent) * text.size_pt};
}

namespace {

/// Two decimals; minus zero is zero.
std::string two(double value) {
  double const kept = value > -0.005 && value < 0 ? 0 : value;
  return fmt::format("{:.2f}", kept);
}

std::string text_of(Box const& box) {
  return fmt::format("{} {} {} {}", two(box.x), two(box.y), two(box.width), two(box.height));
}

std::string text_of(std::vector<Point> const& points) {
  std::string all;
  for (auto const& point : points) all += fmt::format(" {},{}", two(point.x), two(point.y));
  return all;
}

struct Writer {
  std::string operator()(Rect const& rect) const {
    std::string line = fmt::format("rect {} {}", text_of(rect.box), to_hex(rect.colour));
    if (rect.outline_pt > 0) line += fmt::format(" outline {} {}", two(rect.outline_pt), to_hex(rect.outline));
    return line;
  }
  std::string operator()(Hatch const& hatch) const {
    return fmt::format("hatch {} {}{}", text_of(hatch.box), to_hex(hatch.colour), hatch.reverse ? " reverse" : "");
  }
  std::string operator()(Line const& line) const {
    return fmt::format("line {} {}{}{}", two(line.width_pt), to_hex(line.colour), line.dash_pt.empty() ? "" : " dashed",
                       text_of(line.points));
  }
  std::string operator()(Path const& path) const {
    return fmt::format("path {}{}{}", to_hex(path.colour), path.hatched ? " hatched" : "", text_of(path.points));
  }
  std::string operator()(Text const& text) const {
    constexpr char const* anchors[] = {"start", "middle", "end"};
    return fmt::format("text {},{} {} {}{} {} \"{}\"", two(text.at.x), two(text.at.y),
                       anchors[static_cast<int>(text.anchor)], two(text.size_pt), text.bold ? " bold" : "",
                       to_hex(text.colour), text.text);
  }
};

}  // namespace
}  // namespace scene

std::string to_text(Scene const& scene) {
  std::string all = fmt::format("scene {} x {} {}\ntitle {}\nalt {}\n", scene::two(scene.width_pt),
                                scene::two(scene.height_pt), scene.language, scene.title, scene.alt_text);
  for (auto const& group : scene.groups) {
    all += fmt::format("[{}]{}{}\n", group.role, group.tooltip.empty() ? "" : " ", group.tooltip);
    for (auto const& mark : group.marks) all += "  " + std::visit(scene::Writer{}, mark) + "\n";
  }
  for (auto const& text : scene.shortened) all += "shortened " + text + "\n";
  return all;
}

}  // namespace yekun
