#include "output/pdf_painter.h"

#include <cairo-pdf.h>
#include <cairo.h>
#include <fmt/format.h>

#include <cmath>
#include <cstring>

#include "output/scene_painter.h"

namespace yekun {

using namespace page;

namespace {

/// An attribute's text: cairo wants quotes and backslashes escaped.
std::string quoted(std::string const& text) {
  std::string out = "'";
  for (char const c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

struct PngReader {
  std::string const* bytes = nullptr;
  std::size_t at = 0;
};

cairo_status_t read_png(void* closure, unsigned char* data, unsigned size) {
  auto& reader = *static_cast<PngReader*>(closure);
  if (reader.at + size > reader.bytes->size()) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(data, reader.bytes->data() + reader.at, size);
  reader.at += size;
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

void PagePainter::paint(Page const& page) {
  // A new size drops what was recorded of the page so far, so it comes before the tag that holds the whole document.
  if (started_) cairo_show_page(cr_);
  if (surface_ != nullptr) cairo_pdf_surface_set_size(surface_, page.geometry.width, page.geometry.height);
  if (!started_) cairo_tag_begin(cr_, "Document", nullptr);
  started_ = true;
  for (auto const& item : page.items) std::visit([&](auto const& one) { put(one); }, item);
  for (auto const& link : links_) {
    std::string const rect =
        fmt::format("rect=[{} {} {} {}]", std::lround(link.box.x), std::lround(link.box.y),
                    std::max(1L, std::lround(link.box.width)), std::max(1L, std::lround(link.box.height)));
    std::string const target = link.target.empty() ? fmt::format("page={} pos=[0 {}]", link.page, std::lround(link.y))
                                                   : "uri=" + quoted(link.target);
    cairo_tag_begin(cr_, CAIRO_TAG_LINK, fmt::format("{} {}", rect, target).c_str());
    cairo_tag_end(cr_, CAIRO_TAG_LINK);
  }
  links_.clear();
}

void PagePainter::finish() {
  if (!started_) return;
  cairo_tag_end(cr_, "Document");
  cairo_show_page(cr_);
}

void PagePainter::use(Colour colour) {
  cairo_set_source_rgb(cr_, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0);
}

void PagePainter::put(Text const& text) {
  use(text.colour);
  type_.paint(cr_, text.text, text.style, text.x, text.y);
}

void PagePainter::put(Fill const& fill) {
  use(fill.colour);
  auto const& box = fill.box;
  double const r = std::min(fill.radius, std::min(box.width, box.height) / 2);
  if (r <= 0) {
    cairo_rectangle(cr_, box.x, box.y, box.width, box.height);
  } else {
    cairo_new_sub_path(cr_);
    cairo_arc(cr_, box.right() - r, box.y + r, r, -M_PI_2, 0);
    cairo_arc(cr_, box.right() - r, box.bottom() - r, r, 0, M_PI_2);
    cairo_arc(cr_, box.x + r, box.bottom() - r, r, M_PI_2, M_PI);
    cairo_arc(cr_, box.x + r, box.y + r, r, M_PI, 3 * M_PI_2);
    cairo_close_path(cr_);
  }
  cairo_fill(cr_);
}

void PagePainter::put(Rule const& rule) {
  use(rule.colour);
  cairo_rectangle(cr_, rule.x, rule.y - rule.thickness / 2, rule.width, rule.thickness);
  cairo_fill(cr_);
}

void PagePainter::put(Sign const& sign) {
  use(sign.colour);
  auto const& box = sign.box;
  double const cx = box.x + box.width / 2;
  double const cy = box.y + box.height / 2;
  switch (sign.kind) {
    case SignKind::disc:
      cairo_arc(cr_, cx, cy, box.width / 2, 0, 2 * M_PI);
      cairo_fill(cr_);
      return;
    case SignKind::ring:
      cairo_new_sub_path(cr_);
      cairo_arc(cr_, cx, cy, box.width / 2 - 0.6, 0, 2 * M_PI);
      cairo_set_line_width(cr_, 1.2);
      cairo_stroke(cr_);
      return;
    case SignKind::dot:
      cairo_arc(cr_, cx, cy, box.width * 0.3, 0, 2 * M_PI);
      cairo_fill(cr_);
      return;
    case SignKind::square:
      cairo_rectangle(cr_, box.x, box.y, box.width, box.height);
      cairo_fill(cr_);
      return;
    case SignKind::triangle_up:
    case SignKind::triangle_down: {
      bool const up = sign.kind == SignKind::triangle_up;
      cairo_move_to(cr_, box.x, up ? box.bottom() : box.y);
      cairo_line_to(cr_, box.right(), up ? box.bottom() : box.y);
      cairo_line_to(cr_, cx, up ? box.y : box.bottom());
      cairo_close_path(cr_);
      cairo_fill(cr_);
      return;
    }
  }
}

void PagePainter::put(Drawing const& drawing) {
  if (drawing.scene == nullptr || drawing.scene->width_pt <= 0) return;
  double const scale = drawing.box.width / drawing.scene->width_pt;
  cairo_save(cr_);
  cairo_translate(cr_, drawing.box.x, drawing.box.y);
  cairo_scale(cr_, scale, scale);
  paint_scene(cr_, *drawing.scene, scenes_);
  cairo_restore(cr_);
}

void PagePainter::put(Image const& image) {
  PngReader reader{image.png};
  cairo_surface_t* pixels = cairo_image_surface_create_from_png_stream(read_png, &reader);
  if (cairo_surface_status(pixels) == CAIRO_STATUS_SUCCESS) {
    cairo_save(cr_);
    cairo_translate(cr_, image.box.x, image.box.y);
    cairo_scale(cr_, image.box.width / cairo_image_surface_get_width(pixels),
                image.box.height / cairo_image_surface_get_height(pixels));
    cairo_set_source_surface(cr_, pixels, 0, 0);
    cairo_paint(cr_);
    cairo_restore(cr_);
  }
  cairo_surface_destroy(pixels);
}

void PagePainter::put(Open const& open) {
  cairo_tag_begin(cr_, open.tag, nullptr);
  tags_.push_back(open.tag);
  if (std::strcmp(open.tag, "Figure") == 0) alt_texts_.push_back(open.alt);
}

void PagePainter::put(Close const&) {
  if (tags_.empty()) return;
  cairo_tag_end(cr_, tags_.back());
  tags_.pop_back();
}

void PagePainter::put(Link const& link) { links_.push_back(link); }

}  // namespace yekun
