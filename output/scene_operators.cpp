#include "output/scene_operators.h"

#include <cmath>
#include <optional>

#include "output/hatching.h"

namespace yekun {

namespace {

constexpr int kDecimals = 2;       // 1/7200 inch
constexpr double kGrain = 100;     // steps a point
constexpr double kLeastShift = 1;  // thousandths of the size: less is no kerning

/// What the page's operators have set so far; unset: not known.
struct State {
  std::optional<Colour> fill{};
  std::optional<Colour> stroke{};
  double width_pt = -1;
  std::vector<double> dash_pt{};
  int opacity = 100;
};

class Writer {
 public:
  Writer(double height, SceneType const& type, PdfShared& shared) : height_(height), type_(type), shared_(shared) {}

  void operator()(scene::Rect const& rect) {
    bool const plain = rect.outline_pt <= 0;
    if (open_ != Open::fill || !(now_.fill == rect.colour) || now_.opacity != 100) {
      close();
      fill_with(rect.colour, 1);
    }
    open_ = Open::fill;
    trace(rect.box, rect.radius_pt);
    if (plain) return;
    close();
    double const half = rect.outline_pt / 2;
    pen(rect.outline, rect.outline_pt, {});
    trace({rect.box.x + half, rect.box.y + half, std::fmax(0, rect.box.width - rect.outline_pt),
           std::fmax(0, rect.box.height - rect.outline_pt)},
          rect.radius_pt);
    out_ += "S\n";
  }

  void operator()(scene::Hatch const& hatch) {
    close();
    State const before = clip([&] { trace(hatch.box, 0); });
    strokes(hatch.box, hatch.colour, hatch.reverse);
    unclip(before);
    pen(hatch.colour, kHatchWidthPt, {});
    trace(hatch_outline(hatch.box), 0);
    out_ += "S\n";
  }

  void operator()(scene::Line const& line) {
    bool const same = open_ == Open::stroke && now_.stroke == line.colour && now_.width_pt == line.width_pt &&
                      now_.dash_pt == line.dash_pt;
    if (!same) {
      close();
      pen(line.colour, line.width_pt, line.dash_pt);
    }
    open_ = Open::stroke;
    for (std::size_t i = 0; i < line.points.size(); ++i) {
      point(line.points[i]);
      out_ += i == 0 ? "m\n" : "l\n";
    }
  }

  void operator()(scene::Path const& path) {
    close();
    if (path.hatched) {
      State const before = clip([&] { trace(path); });
      strokes(bounds(path), path.colour, false);
      unclip(before);
    } else {
      fill_with(path.colour, path.opacity);
      trace(path);
      out_ += "f*\n";
    }
    if (path.outline_pt <= 0) return;
    pen(path.outline, path.outline_pt, {});
    trace(path);
    out_ += "S\n";
  }

  void operator()(scene::Text const& text) {
    if (text.text.empty()) return;
    glyphs_.clear();
    type_.glyphs(text.text, {text.size_pt, text.bold}, glyphs_);
    bool composed = false;  // several glyphs for one piece of text: the fonts cannot say which
    for (auto const& glyph : glyphs_) composed = composed || glyph.text.empty();
    if (open_ != Open::text || composed) {
      close();
      if (composed) out_ += "/Span <</ActualText " + pdf_text(text.text) + ">> BDC\n";
      out_ += "BT\n";
      open_ = Open::text;
      line_x_ = line_y_ = 0;
    }
    fill_with(text.colour, 1);
    double const shift = text.anchor == scene::Anchor::start ? 0 : text.anchor == scene::Anchor::middle ? 0.5 : 1;
    line(text, text.at.x - shift * text.width_pt);
    if (!composed) return;
    close();
    out_ += "EMC\n";
  }

  /// Ends what was gathered because it looks alike: a shape in `open_`'s way, or texts.
  void close() {
    if (open_ == Open::fill) out_ += "f\n";
    if (open_ == Open::stroke) out_ += "S\n";
    if (open_ == Open::text) out_ += "ET\n";
    open_ = Open::none;
  }

  std::string take() {
    close();
    return std::move(out_);
  }

 private:
  enum class Open { none, fill, stroke, text };

  void number(double value) {
    append_number(out_, value, kDecimals);
    out_ += ' ';
  }

  void point(scene::Point at) {
    number(at.x);
    number(height_ - at.y);
  }

  void colour(Colour colour, char const* operation) {
    for (int const part : {colour.red, colour.green, colour.blue}) {
      append_number(out_, part / 255.0, 3);
      out_ += ' ';
    }
    out_ += operation;
  }

  void fill_with(Colour wanted, double opacity) {
    int const percent = static_cast<int>(std::lround(opacity * 100));
    if (percent != now_.opacity) {
      shared_.opacities.insert(percent);
      out_ += "/A" + std::to_string(percent) + " gs\n";
      now_.opacity = percent;
    }
    if (now_.fill == wanted) return;
    colour(wanted, "rg\n");
    now_.fill = wanted;
  }

  void pen(Colour wanted, double width_pt, std::vector<double> const& dash_pt) {
    if (!(now_.stroke == wanted)) colour(wanted, "RG\n");
    if (now_.width_pt != width_pt) {
      number(width_pt);
      out_ += "w\n";
    }
    if (now_.dash_pt != dash_pt) {
      out_ += '[';
      for (double const length : dash_pt) number(length);
      out_ += "] 0 d\n";
    }
    now_.stroke = wanted;
    now_.width_pt = width_pt;
    now_.dash_pt = dash_pt;
  }

  template <class Trace>
  State clip(Trace&& area) {
    State before = now_;
    out_ += "q\n";
    area();
    out_ += "W* n\n";
    return before;
  }

  void unclip(State const& before) {
    out_ += "Q\n";
    now_ = before;
  }

  void strokes(scene::Box const& box, Colour colour, bool reverse) {
    pen(colour, kHatchWidthPt, {});
    for (auto const& stroke : hatch_strokes(box, reverse)) {
      point(stroke.from);
      out_ += "m\n";
      point(stroke.to);
      out_ += "l\n";
    }
    out_ += "S\n";
  }

  void trace(scene::Box const& box, double radius) {
    if (radius <= 0) {
      point({box.x, box.bottom()});
      number(box.width);
      number(box.height);
      out_ += "re\n";
      return;
    }
    double const r = std::fmin(radius, std::fmin(box.width, box.height) / 2);
    double const k = r * (1 - 0.5522847498);  // a quarter of a circle as a curve
    double const right = box.right();
    double const bottom = box.bottom();
    go({box.x + r, box.y}, "m\n");
    go({right - r, box.y}, "l\n");
    curve({right - k, box.y}, {right, box.y + k}, {right, box.y + r});
    go({right, bottom - r}, "l\n");
    curve({right, bottom - k}, {right - k, bottom}, {right - r, bottom});
    go({box.x + r, bottom}, "l\n");
    curve({box.x + k, bottom}, {box.x, bottom - k}, {box.x, bottom - r});
    go({box.x, box.y + r}, "l\n");
    curve({box.x, box.y + k}, {box.x + k, box.y}, {box.x + r, box.y});
    out_ += "h\n";
  }

  void go(scene::Point at, char const* operation) {
    point(at);
    out_ += operation;
  }

  void curve(scene::Point first, scene::Point second, scene::Point end) {
    point(first);
    point(second);
    go(end, "c\n");
  }

  void trace(scene::Path const& path) {
    using Verb = scene::Path::Verb;
    auto at = path.points.begin();
    for (Verb const verb : path.verbs) {
      if (verb == Verb::close) {
        out_ += "h\n";
      } else if (verb == Verb::curve) {
        curve(at[0], at[1], at[2]);
        at += 3;
      } else {
        go(*at++, verb == Verb::move ? "m\n" : "l\n");
      }
    }
  }

  static scene::Box bounds(scene::Path const& path) {
    if (path.points.empty()) return {};
    scene::Point low = path.points.front();
    scene::Point high = low;
    for (auto const& at : path.points) {
      low = {std::fmin(low.x, at.x), std::fmin(low.y, at.y)};
      high = {std::fmax(high.x, at.x), std::fmax(high.y, at.y)};
    }
    return {low.x, low.y, high.x - low.x, high.y - low.y};
  }

  /// Moves the start of the line to a point; lines of one text object are placed from one another.
  void start_at(double x, double y) {
    double const wanted_x = std::round(x * kGrain);
    double const wanted_y = std::round((height_ - y) * kGrain);
    number((wanted_x - line_x_) / kGrain);
    number((wanted_y - line_y_) / kGrain);
    out_ += "Td\n";
    line_x_ = wanted_x;
    line_y_ = wanted_y;
  }

  void use_font(std::size_t face, double size_pt) {
    if (face == face_ && size_pt == size_pt_) return;
    out_ += "/F" + std::to_string(face) + ' ';
    number(size_pt);
    out_ += "Tf\n";
    face_ = face;
    size_pt_ = size_pt;
  }

  void code(std::uint16_t number) {
    for (char const c : {static_cast<char>(number >> 8U), static_cast<char>(number & 0xFFU)}) {
      if (c == '(' || c == ')' || c == '\\') out_ += '\\';
      if (c == '\r')
        out_ += "\\r";
      else
        out_ += c;
    }
  }

  /// The glyphs of one line: a string for each run of one font at one height, with kerning between its parts.
  void line(scene::Text const& text, double x) {
    double const thousandth = text.size_pt / 1000;
    for (std::size_t i = 0; i < glyphs_.size();) {
      LineGlyph const& first = glyphs_[i];
      use_font(first.face, text.size_pt);
      start_at(x + first.x, text.at.y + first.y);
      out_ += "[(";
      double pen_x = first.x;
      for (; i < glyphs_.size() && glyphs_[i].face == first.face && glyphs_[i].y == first.y; ++i) {
        double const kerned = (pen_x - glyphs_[i].x) / thousandth;
        if (std::fabs(kerned) >= kLeastShift) {
          out_ += ')';
          append_number(out_, kerned, 0);
          out_ += '(';
          pen_x -= std::round(kerned) * thousandth;
        }
        auto const shown = shared_.fonts.code(first.face, glyphs_[i].index, glyphs_[i].text);
        code(shown.number);
        pen_x += shown.width * thousandth;
      }
      out_ += ")]TJ\n";
    }
  }

  double height_;
  SceneType const& type_;
  PdfShared& shared_;
  State now_{};
  Open open_ = Open::none;
  double line_x_ = 0;  // of the text object's line, in hundredths
  double line_y_ = 0;
  std::size_t face_ = Typeface::kFaces;
  double size_pt_ = 0;
  std::vector<LineGlyph> glyphs_{};
  std::string out_{"1 j\n"};  // round corners of lines
};

}  // namespace

std::string page_operators(Scene const& scene, SceneType const& type, PdfShared& shared) {
  Writer writer(scene.height_pt, type, shared);
  for (auto const& group : scene.groups)
    for (auto const& mark : group.marks) std::visit(writer, mark);
  return writer.take();
}

}  // namespace yekun
