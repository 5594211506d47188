#include "output/html.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <tuple>
#include <vector>

#include "core/assets.h"
#include "output/font_subset.h"
#include "output/html_blocks.h"
#include "output/markup.h"
#include "output/readable.h"

namespace yekun {

namespace {

using html::Page;

std::string policy_hash(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
  return "'sha256-" + to_base64({reinterpret_cast<char const*>(digest.data()), size}) + "'";
}

/// The theme as custom properties, for paper and for a dark screen.
std::string colours(Theme const& theme) {
  constexpr Colour kNight{0x14, 0x19, 0x1F};
  constexpr Colour kWhite{0xFF, 0xFF, 0xFF};
  constexpr Colour kBlack{0, 0, 0};
  Colour const card = blend(kNight, kWhite, 0.06);
  auto const on_paper = [&](Colour colour) { return to_hex(readable(colour, theme.panel, kBlack)); };
  auto const at_night = [&](Colour colour) { return to_hex(readable(colour, card, kWhite)); };
  auto const light = fmt::format(
      "--text:{};--muted:{};--faint:{};--ground:{};--panel:{};--accent:{};--good:{};--bad:{};--level:{}",
      to_hex(theme.text), on_paper(theme.muted), to_hex(theme.faint), to_hex(theme.background), to_hex(theme.panel),
      on_paper(theme.accent), on_paper(theme.good), on_paper(theme.bad), on_paper(theme.neutral));
  auto const dark =
      fmt::format("--text:{};--muted:{};--faint:{};--ground:{};--panel:{};--accent:{};--good:{};--bad:{};--level:{}",
                  "#E8ECF0", at_night(theme.muted), to_hex(blend(kNight, kWhite, 0.2)), to_hex(kNight), to_hex(card),
                  at_night(theme.accent), at_night(theme.good), at_night(theme.bad), at_night(theme.neutral));
  return fmt::format(
      ":root{{{0};--title:{1};--title-text:{2};color-scheme:light}}\n"
      "@media (prefers-color-scheme:dark){{:root:not([data-scheme=light]){{{3};color-scheme:dark}}}}\n"
      ":root[data-scheme=dark]{{{3};color-scheme:dark}}\n",
      light, to_hex(theme.accent), to_hex(theme.accent_text), dark);
}

struct FontFace {
  std::string_view bytes{};
  std::string family{};
  int weight = 400;
};

/// The theme's own fonts and the carried ones, in the order in which letters are looked for.
std::vector<FontFace> font_faces(Theme const& theme) {
  std::vector<FontFace> all;
  if (theme.fonts) {
    all.push_back({theme.fonts->regular, theme.font, 400});
    if (!theme.fonts->bold.empty()) all.push_back({theme.fonts->bold, theme.font, 700});
  }
  for (auto const& [file, family, weight] :
       {std::tuple{"fonts/NotoSans-Regular.ttf", "Noto Sans", 400},
        std::tuple{"fonts/NotoSans-Bold.ttf", "Noto Sans", 700},
        std::tuple{"fonts/NotoSansGeorgian-Regular.ttf", "Noto Sans Georgian", 400},
        std::tuple{"fonts/NotoSansGeorgian-Bold.ttf", "Noto Sans Georgian", 700}})
    if (auto const bytes = asset(file)) all.push_back({*bytes, family, weight});
  return all;
}

/// A name in double quotes of CSS; what could end them is left out.
std::string css_name(std::string const& name) {
  std::string out = "\"";
  for (char const c : name)
    if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\' && c != '<') out += c;
  return out + "\"";
}

/// The fonts that have letters of `page`, as faces of one family; and the theme's spacing.
Result<std::string> faces(std::string const& page, Theme const& theme) {
  auto const letters = letters_of(page);
  std::string out;
  for (auto const& face : font_faces(theme)) {
    auto const cut = subset_font(face.bytes, letters);
    if (!cut) return failure(cut.error());
    if (cut->empty()) continue;
    out += fmt::format("@font-face{{font-family:{};font-weight:{};src:url(data:font/ttf;base64,{})}}\n",
                       css_name(face.family), face.weight, to_base64(*cut));
  }
  return out +
         fmt::format(":root{{--font:{},\"Noto Sans\",\"Noto Sans Georgian\",sans-serif;--lines:{};--blocks:{}}}\n",
                     css_name(theme.font), theme.line_spacing, theme.block_spacing);
}

std::string title_block(Page const& page) {
  auto const& document = page.document;
  auto const& catalogue = page.catalogue;
  std::string out = "<header class=\"title\"><div class=\"inner\">\n";
  if (!document.logo_png.empty())
    out += fmt::format("<img class=\"logo\" alt=\"{}\" src=\"data:image/png;base64,{}\">\n",
                       escape_markup(document.programme), to_base64(document.logo_png));
  if (!document.programme.empty()) out += "<p class=\"programme\">" + escape_markup(document.programme) + "</p>\n";
  out += "<h1>" + escape_markup(document.title) + "</h1>\n";
  if (!document.subtitle.empty() && document.subtitle != document.programme)
    out += "<p class=\"subtitle\">" + escape_markup(document.subtitle) + "</p>\n";
  out += "<p class=\"period\"><strong>" + escape_markup(document.period_text) + "</strong>";
  if (!document.status.empty()) out += " <span class=\"draft\">" + escape_markup(document.status) + "</span>";
  out += "</p>\n<p class=\"as-of\">" + escape_markup(document.as_of_text) + "</p>\n";
  if (!document.partners.empty())
    out +=
        "<p class=\"as-of\">" +
        escape_markup(catalogue.text("report.partners", {{"partners", catalogue.locale().list(document.partners)}})) +
        "</p>\n";
  return out + "</div></header>\n";
}

std::string contents(Page const& page) {
  std::string items;
  for (auto const& block : page.document.blocks) {
    auto const* const explore = std::get_if<ExploreBlock>(&block);
    auto const* const heading = explore != nullptr ? &explore->heading : std::get_if<Heading>(&block);
    if (heading != nullptr && heading->level <= 1 && !heading->text.empty())
      items += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", escape_markup(heading->anchor),
                           escape_markup(heading->text));
  }
  if (items.empty()) return {};
  return fmt::format("<nav aria-label=\"{}\"><ul>\n{}</ul></nav>\n",
                     escape_markup(page.catalogue.text("heading.contents")), items);
}

/// Writes the blocks; a section a heading, charts side by side in one row.
class Body {
 public:
  explicit Body(Page const& page) : page_(page) {}

  std::string write() {
    for (auto const& block : page_.document.blocks) std::visit(*this, block);
    end_charts();
    if (in_section_) out_ += "</section>\n";
    return std::move(out_);
  }

  void operator()(Heading const& heading) {
    end_charts();
    int const level = heading.level <= 1 ? 2 : 3;
    if (level == 2) {
      if (in_section_) out_ += "</section>\n";
      out_ += fmt::format("<section aria-labelledby=\"{}\">\n", escape_markup(heading.anchor));
      in_section_ = true;
    }
    out_ +=
        fmt::format("<h{0} id=\"{1}\">{2}</h{0}>\n", level, escape_markup(heading.anchor), escape_markup(heading.text));
  }
  void operator()(Narrative const& block) {
    plain("<div class=\"narrative\">\n" + html::narrative(block) + "</div>\n");
  }
  void operator()(KpiRow const& block) { plain(html::kpis(page_, block, sparks_)); }
  void operator()(TableBlock const& block) { plain(html::table(page_, block)); }
  void operator()(ChartBlock const& block) {
    if (!in_charts_) out_ += "<div class=\"charts\">\n";
    in_charts_ = true;
    out_ += html::chart(page_, block);
  }
  void operator()(ExploreBlock const& block) {
    if (!block.heading.text.empty()) (*this)(block.heading);
    plain(html::explore(page_, block));
  }
  void operator()(PageBreak const& /*block*/) { end_charts(); }

 private:
  void plain(std::string const& text) {
    end_charts();
    out_ += text;
  }
  void end_charts() {
    if (in_charts_) out_ += "</div>\n";
    in_charts_ = false;
  }
  Page const& page_;
  std::string out_{};
  std::size_t sparks_ = 0;
  bool in_section_ = false;
  bool in_charts_ = false;
};

/// The words that the script needs, as data of <body>.
std::string script_words(Catalogue const& catalogue) {
  std::string out;
  for (char const* key : {"all", "sort", "filter", "dark", "light", "nothing"})
    out += fmt::format(" data-{}=\"{}\"", key, escape_markup(catalogue.text(fmt::format("html.{}", key))));
  out += fmt::format(" data-period=\"{}\"", escape_markup(catalogue.text("label.period")));
  out += fmt::format(" data-indicator=\"{}\"", escape_markup(catalogue.text("heading.indicator")));
  return out;
}

std::string footer(Page const& page) {
  auto const& from = page.document.provenance;
  if (from.version.empty()) return {};
  return "<footer><p>" + escape_markup(page.catalogue.text("label.made_with", {{"version", from.version}})) +
         "</p></footer>\n";
}

}  // namespace

Result<std::string> render_html(Document const& document, Catalogue const& catalogue, TextMeasurer const* measurer) {
  Page const page{document, catalogue, measurer};
  std::string const body = fmt::format("<body{}>\n<a class=\"skip\" href=\"#main\">{}</a>\n", script_words(catalogue),
                                       escape_markup(catalogue.text("html.skip"))) +
                           title_block(page) + contents(page) + "<main id=\"main\">\n" + Body(page).write() +
                           "</main>\n" + footer(page);
  auto const fonts = faces(body, document.theme);
  if (!fonts) return failure(fonts.error());
  std::string const style =
      "\n" + *fonts + colours(document.theme) + std::string(asset("html/dashboard.css").value_or(""));
  std::string const script = "\n" + std::string(asset("html/dashboard.js").value_or(""));
  std::string const receipt =
      document.provenance.receipt.empty()
          ? ""
          : fmt::format("<meta name=\"keywords\" content=\"{}\">\n", escape_markup(document.provenance.receipt));
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{} · {}</title>\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n{}"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {}; script-src {}; "
      "img-src data:; font-src data:; base-uri 'none'; form-action 'none'\">\n"
      "<style>{}</style>\n</head>\n{}<script>{}</script>\n</body>\n</html>\n",
      escape_markup(document.language), escape_markup(document.title), escape_markup(document.period_text), receipt,
      policy_hash(style), policy_hash(script), style, body, script);
}

}  // namespace yekun
