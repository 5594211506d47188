// A laid-out page: positioned things, decided once; painters decide nothing. Points, y down from the page's top.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "charts/scene.h"
#include "core/diagnostic.h"
#include "core/theme.h"
#include "reports/document.h"
#include "reports/page.h"

namespace yekun {

struct TypeStyle {
  double size_pt = 9.5;
  bool bold = false;
  bool italic = false;
  bool mono = false;
  friend bool operator==(TypeStyle const&, TypeStyle const&) = default;
};

/// How wide text is in the report's fonts. Widths grow linearly with the size.
class TypeMeasurer {
 public:
  TypeMeasurer() = default;
  TypeMeasurer(TypeMeasurer const&) = delete;
  TypeMeasurer& operator=(TypeMeasurer const&) = delete;
  virtual ~TypeMeasurer() = default;
  virtual double width(std::string_view text, TypeStyle style) const = 0;
  /// The characters of `text` that no font has, as UTF-8; empty: all are there.
  virtual std::string missing_glyphs(std::string_view text) const = 0;
};

namespace page {

struct Text {
  double x = 0;
  double y = 0;  // baseline
  std::string text;
  TypeStyle style{};
  Colour colour{};
  double width = 0;
};

struct Fill {
  scene::Box box{};
  Colour colour{};
  double radius = 0;
};

struct Rule {
  double x = 0;
  double y = 0;
  double width = 0;
  double thickness = 0.5;
  Colour colour{};
};

/// A status or direction drawn as a shape, so that no font must have it.
enum class SignKind { disc, ring, square, triangle_up, triangle_down, dot };
struct Sign {
  SignKind kind = SignKind::disc;
  scene::Box box{};
  Colour colour{};
};

struct Drawing {
  scene::Box box{};
  Scene const* scene = nullptr;  // of the document, or a KPI's sparkline in it
};

struct Image {
  scene::Box box{};
  std::string const* png = nullptr;
};

/// What of the document's structure the following items belong to, until the matching Close. Tags nest; only the
/// innermost holds content, and all are closed at the page's end.
struct Open {
  char const* tag = "P";  // H1, H2, P, L, LI, Table, TR, Caption, Figure, Note, TOC, TOCI
  std::string alt{};      // of figures
};
struct Close {};

/// An area that leads elsewhere: `target` is a web address, or empty with a page of this document.
struct Link {
  scene::Box box{};
  std::string target{};
  int page = 0;
  double y = 0;
};

using Item = std::variant<Text, Fill, Rule, Sign, Drawing, Image, Open, Close, Link>;

struct Page {
  int number = 1;
  PageGeometry geometry{};
  std::vector<Item> items{};
};

struct Bookmark {
  int level = 1;
  std::string text;
  std::string anchor;
  int page = 1;
  double y = 0;
};

}  // namespace page

/// The page as text, an item a line, positions with one decimal; for goldens.
std::string to_text(page::Page const& page);

}  // namespace yekun
