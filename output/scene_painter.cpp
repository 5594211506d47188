#include "output/scene_painter.h"

#include <cairo.h>

#include <cmath>
#include <vector>

#include "output/hatching.h"

namespace yekun {

namespace {

class Painter {
 public:
  Painter(cairo_t* cr, SceneType const& measurer) : cr_(cr), measurer_(measurer) {}

  void operator()(scene::Rect const& rect) {
    bool const plain = rect.outline_pt <= 0;
    if (!plain || !fills_ || !(rect.colour == colour_)) finish();
    trace(rect.box, rect.radius_pt);
    if (plain) {
      fills_ = true;
      colour_ = rect.colour;
      return;
    }
    use(rect.colour);
    cairo_fill(cr_);
    double const half = rect.outline_pt / 2;
    scene::Box const inner{rect.box.x + half, rect.box.y + half, std::fmax(0, rect.box.width - rect.outline_pt),
                           std::fmax(0, rect.box.height - rect.outline_pt)};
    trace(inner, rect.radius_pt);
    use(rect.outline);
    cairo_set_line_width(cr_, rect.outline_pt);
    cairo_stroke(cr_);
  }

  void operator()(scene::Hatch const& hatch) {
    finish();
    cairo_save(cr_);
    trace(hatch.box, 0);
    cairo_clip(cr_);
    hatch_lines(hatch.box, hatch.colour, hatch.reverse);
    cairo_restore(cr_);
    trace(hatch_outline(hatch.box), 0);
    use(hatch.colour);
    cairo_set_line_width(cr_, kHatchWidthPt);
    cairo_stroke(cr_);
  }

  void operator()(scene::Line const& line) {
    bool const same = strokes_ && line.colour == colour_ && line.width_pt == width_pt_ && line.dash_pt == dash_pt_;
    if (!same) finish();
    strokes_ = true;
    colour_ = line.colour;
    width_pt_ = line.width_pt;
    dash_pt_ = line.dash_pt;
    for (std::size_t i = 0; i < line.points.size(); ++i)
      i == 0 ? cairo_move_to(cr_, line.points[i].x, line.points[i].y)
             : cairo_line_to(cr_, line.points[i].x, line.points[i].y);
  }

  void operator()(scene::Path const& path) {
    finish();
    trace(path);
    if (path.hatched) {
      double x1 = 0;
      double y1 = 0;
      double x2 = 0;
      double y2 = 0;
      cairo_path_extents(cr_, &x1, &y1, &x2, &y2);
      cairo_save(cr_);
      cairo_clip(cr_);
      hatch_lines({x1, y1, x2 - x1, y2 - y1}, path.colour, false);
      cairo_restore(cr_);
      trace(path);
    } else {
      cairo_set_source_rgba(cr_, path.colour.red / 255.0, path.colour.green / 255.0, path.colour.blue / 255.0,
                            path.opacity);
      cairo_set_fill_rule(cr_, CAIRO_FILL_RULE_EVEN_ODD);
      cairo_fill_preserve(cr_);
    }
    if (path.outline_pt > 0) {
      use(path.outline);
      cairo_set_line_width(cr_, path.outline_pt);
      cairo_set_line_join(cr_, CAIRO_LINE_JOIN_ROUND);
      cairo_stroke(cr_);
    }
    cairo_new_path(cr_);
  }

  void operator()(scene::Text const& text) {
    finish();
    use(text.colour);
    double const shift = text.anchor == scene::Anchor::start ? 0 : text.anchor == scene::Anchor::middle ? 0.5 : 1;
    measurer_.paint(cr_, text.text, {text.size_pt, text.bold}, text.at.x - shift * text.width_pt, text.at.y);
    cairo_new_path(cr_);  // text leaves a current point behind
  }

  /// Paints the marks that were gathered because they look alike: a call of cairo costs more than its drawing.
  void finish() {
    if (fills_) {
      use(colour_);
      cairo_set_fill_rule(cr_, CAIRO_FILL_RULE_WINDING);
      cairo_fill(cr_);
    }
    if (strokes_) {
      use(colour_);
      cairo_set_line_width(cr_, width_pt_);
      cairo_set_line_join(cr_, CAIRO_LINE_JOIN_ROUND);
      if (!dash_pt_.empty()) cairo_set_dash(cr_, dash_pt_.data(), static_cast<int>(dash_pt_.size()), 0);
      cairo_stroke(cr_);
      if (!dash_pt_.empty()) cairo_set_dash(cr_, nullptr, 0, 0);
    }
    fills_ = strokes_ = false;
  }

 private:
  void use(Colour colour) const {
    cairo_set_source_rgb(cr_, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0);
  }

  void trace(scene::Box const& box, double radius) const {
    if (radius <= 0) {
      cairo_rectangle(cr_, box.x, box.y, box.width, box.height);
      return;
    }
    double const r = std::fmin(radius, std::fmin(box.width, box.height) / 2);
    cairo_new_sub_path(cr_);
    cairo_arc(cr_, box.right() - r, box.y + r, r, -M_PI_2, 0);
    cairo_arc(cr_, box.right() - r, box.bottom() - r, r, 0, M_PI_2);
    cairo_arc(cr_, box.x + r, box.bottom() - r, r, M_PI_2, M_PI);
    cairo_arc(cr_, box.x + r, box.y + r, r, M_PI, 3 * M_PI_2);
    cairo_close_path(cr_);
  }

  void trace(scene::Path const& path) const {
    using Verb = scene::Path::Verb;
    auto point = path.points.begin();
    for (Verb const verb : path.verbs) {
      switch (verb) {
        case Verb::move:
          cairo_move_to(cr_, point->x, point->y);
          ++point;
          break;
        case Verb::line:
          cairo_line_to(cr_, point->x, point->y);
          ++point;
          break;
        case Verb::curve:
          cairo_curve_to(cr_, point[0].x, point[0].y, point[1].x, point[1].y, point[2].x, point[2].y);
          point += 3;
          break;
        case Verb::close:
          cairo_close_path(cr_);
          break;
      }
    }
  }

  void hatch_lines(scene::Box const& box, Colour colour, bool reverse) const {
    use(colour);
    cairo_set_line_width(cr_, kHatchWidthPt);
    for (auto const& stroke : hatch_strokes(box, reverse)) {
      cairo_move_to(cr_, stroke.from.x, stroke.from.y);
      cairo_line_to(cr_, stroke.to.x, stroke.to.y);
    }
    cairo_stroke(cr_);
  }

  cairo_t* cr_;
  bool fills_ = false;    // rectangles in colour_ are in the path
  bool strokes_ = false;  // lines of colour_, width_pt_ and dash_pt_ are
  Colour colour_{};
  double width_pt_ = 0;
  std::vector<double> dash_pt_{};
  SceneType const& measurer_;
};

}  // namespace

void paint_scene(cairo_t* cr, Scene const& scene, SceneType const& measurer) {
  cairo_save(cr);
  cairo_new_path(cr);
  Painter painter(cr, measurer);
  for (auto const& group : scene.groups)
    for (auto const& mark : group.marks) std::visit(painter, mark);
  painter.finish();
  cairo_restore(cr);
}

}  // namespace yekun
