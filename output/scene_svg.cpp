#include "output/scene_svg.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "output/markup.h"

namespace yekun {

namespace {

/// At most two decimals, none of them a trailing zero; "-0" is "0".
std::string number(double value) {
  double const rounded = std::round(value * 100) / 100;
  return fmt::format("{}", rounded == 0 ? 0.0 : rounded);
}

class SvgWriter {
 public:
  SvgWriter(std::string& out, std::string prefix) : out_(out), prefix_(std::move(prefix)) {}

  void operator()(scene::Rect const& rect) {
    double const inset = rect.outline_pt / 2;
    write(R"(<rect x="{}" y="{}" width="{}" height="{}")", number(rect.box.x + inset), number(rect.box.y + inset),
          number(std::fmax(0, rect.box.width - rect.outline_pt)),
          number(std::fmax(0, rect.box.height - rect.outline_pt)));
    if (rect.radius_pt > 0) write(R"( rx="{}")", number(rect.radius_pt));
    write(R"( fill="{}")", to_hex(rect.colour));
    outline(rect.outline_pt, rect.outline);
    out_ += "/>";
  }

  void operator()(scene::Hatch const& hatch) {
    write(R"svg(<rect x="{}" y="{}" width="{}" height="{}" fill="url(#{})" stroke="{}" stroke-width="0.9"/>)svg",
          number(hatch.box.x + 0.45), number(hatch.box.y + 0.45), number(std::fmax(0, hatch.box.width - 0.9)),
          number(std::fmax(0, hatch.box.height - 0.9)), pattern(hatch.colour, hatch.reverse), to_hex(hatch.colour));
  }

  void operator()(scene::Line const& line) {
    out_ += R"(<polyline points=")";
    for (std::size_t i = 0; i < line.points.size(); ++i)
      write("{}{},{}", i == 0 ? "" : " ", number(line.points[i].x), number(line.points[i].y));
    write(R"(" fill="none" stroke="{}" stroke-width="{}" stroke-linejoin="round")", to_hex(line.colour),
          number(line.width_pt));
    if (!line.dash_pt.empty()) {
      out_ += R"( stroke-dasharray=")";
      for (std::size_t i = 0; i < line.dash_pt.size(); ++i) write("{}{}", i == 0 ? "" : " ", number(line.dash_pt[i]));
      out_ += '"';
    }
    out_ += "/>";
  }

  void operator()(scene::Path const& path) {
    using Verb = scene::Path::Verb;
    out_ += R"(<path d=")";
    auto point = path.points.begin();
    for (Verb const verb : path.verbs) {
      if (verb == Verb::close) {
        out_ += 'Z';
        continue;
      }
      out_ += verb == Verb::move ? 'M' : verb == Verb::line ? 'L' : 'C';
      for (int i = 0; i < (verb == Verb::curve ? 3 : 1); ++i, ++point)
        write("{}{} {}", i == 0 ? "" : " ", number(point->x), number(point->y));
    }
    out_ += '"';
    if (path.hatched)
      write(R"svg( fill="url(#{})")svg", pattern(path.colour, false));
    else
      write(R"( fill="{}" fill-rule="evenodd")", to_hex(path.colour));
    if (path.opacity < 1 && !path.hatched) write(R"( fill-opacity="{}")", number(path.opacity));
    outline(path.outline_pt, path.outline);
    out_ += "/>";
  }

  void operator()(scene::Text const& text) {
    constexpr char const* anchors[] = {"start", "middle", "end"};
    write(R"(<text x="{}" y="{}" font-size="{}" fill="{}")", number(text.at.x), number(text.at.y), number(text.size_pt),
          to_hex(text.colour));
    if (text.anchor != scene::Anchor::start) write(R"( text-anchor="{}")", anchors[static_cast<int>(text.anchor)]);
    if (text.bold) out_ += R"( font-weight="700")";
    if (text.width_pt > 0) write(R"( textLength="{}" lengthAdjust="spacingAndGlyphs")", number(text.width_pt));
    write(">{}</text>", escape_markup(text.text));
  }

  std::string const& patterns() const { return patterns_; }

 private:
  template <class... Arguments>
  void write(fmt::format_string<Arguments...> form, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(out_), form, std::forward<Arguments>(arguments)...);
  }

  void outline(double width_pt, Colour colour) {
    if (width_pt > 0) write(R"( stroke="{}" stroke-width="{}")", to_hex(colour), number(width_pt));
  }

  /// The id of a hatching in this colour; defined once.
  std::string pattern(Colour colour, bool reverse) {
    std::string id = fmt::format("{}-hatch{}-{}", prefix_, reverse ? "-r" : "", to_hex(colour).substr(1));
    if (patterns_.find("\"" + id + "\"") == std::string::npos)
      patterns_ += fmt::format(
          R"svg(<pattern id="{}" width="2.83" height="2.83" patternUnits="userSpaceOnUse" patternTransform="rotate({})">)svg"
          R"(<rect width="2.83" height="2.83" fill="#FFFFFF"/><line x1="0" y1="0" x2="0" y2="2.83" stroke="{}" )"
          R"(stroke-width="1.8"/></pattern>)",
          id, reverse ? -45 : 45, to_hex(colour));
    return id;
  }

  std::string& out_;
  std::string prefix_;
  std::string patterns_{};
};

}  // namespace

std::string render_svg(Scene const& scene, SvgOptions const& options) {
  std::string marks;
  SvgWriter writer(marks, options.id_prefix);
  for (auto const& group : scene.groups) {
    marks += fmt::format(R"(<g class="{}")", escape_markup(group.role));
    if (!group.figure.empty()) marks += fmt::format(R"( data-figure="{}")", escape_markup(group.figure));
    marks += '>';
    if (!group.tooltip.empty()) marks += fmt::format("<title>{}</title>", escape_markup(group.tooltip));
    for (auto const& mark : group.marks) std::visit(writer, mark);
    marks += "</g>\n";
  }
  std::string out;
  if (options.standalone) out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out += R"(<svg xmlns="http://www.w3.org/2000/svg")";
  std::string const size = fmt::format("{} {}", number(scene.width_pt), number(scene.height_pt));
  if (options.scalable && !options.standalone)
    out += fmt::format(R"( viewBox="0 0 {}" width="100%")", size);
  else
    out += fmt::format(R"( viewBox="0 0 {}" width="{}pt" height="{}pt")", size, number(scene.width_pt),
                       number(scene.height_pt));
  out += fmt::format(R"( role="img" xml:lang="{}" aria-labelledby="{}-title {}-desc" )", escape_markup(scene.language),
                     options.id_prefix, options.id_prefix);
  out += fmt::format("font-family=\"'{}', 'Noto Sans Georgian', sans-serif\">\n", escape_markup(scene.font));
  out += fmt::format("<title id=\"{}-title\">{}</title>\n<desc id=\"{}-desc\">{}</desc>\n", options.id_prefix,
                     escape_markup(scene.title), options.id_prefix, escape_markup(scene.alt_text));
  if (!writer.patterns().empty()) out += "<defs>" + writer.patterns() + "</defs>\n";
  return out + marks + "</svg>\n";
}

}  // namespace yekun
