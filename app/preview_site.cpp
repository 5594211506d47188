#include "app/preview_site.h"

#include <fmt/format.h>

#include "core/assets.h"
#include "output/html.h"
#include "output/markup.h"
#include "output/page_images.h"

namespace yekun {
namespace {

constexpr char const* kHtml = "text/html; charset=utf-8";

void put_language(PreviewState& state, std::string const& language, std::string page, PageImages images) {
  std::string const folder = "/" + language + "/";
  state.made[folder + "dashboard.html"] = {kHtml, std::move(page)};
  PageCount& count = state.pages[language];
  count.all = images.pages;
  for (auto& image : images.images) {
    state.made[fmt::format("{}page-{}.png", folder, ++count.shown)] = {"image/png", std::move(image.png)};
    count.sizes.emplace_back(image.width, image.height);
  }
}

/// What is between header and end of the page.
struct View {
  std::string language;  // empty: nothing was ever built
  bool pages = false;
};

std::string link(std::string const& address, std::string const& text, bool current) {
  return fmt::format("<a href=\"{}\"{}>{}</a>", escape_markup(address), current ? " aria-current=\"page\"" : "",
                     escape_markup(text));
}

std::string title(PreviewState const& state, View const& view) {
  auto const found = state.titles.find(view.language);
  return escape_markup(found == state.titles.end() ? state.name : found->second);
}

std::string header(PreviewState const& state, View const& view, Catalogue const& words) {
  std::string out = fmt::format("<header><strong>{}</strong>", title(state, view));
  if (view.language.empty()) return out + "</header>\n";
  out += fmt::format("<nav aria-label=\"{}\">", escape_markup(words.text("preview.views")));
  for (auto const& language : state.languages) {
    auto const own = Catalogue::load(language);
    std::string const mark = state.languages.size() > 1 ? language + " · " : "";
    for (bool const pages : {false, true})
      out += link(fmt::format("/{}/{}", language, pages ? "pages" : ""),
                  mark + (own ? *own : words).text(pages ? "preview.pages" : "preview.dashboard"),
                  language == view.language && pages == view.pages);
  }
  return out + "</nav></header>\n";
}

std::string problems(PreviewState const& state, Catalogue const& words) {
  if (state.problems.empty()) return {};
  char const* const key = !state.failed             ? "preview.warnings"
                          : state.languages.empty() ? "preview.never"
                                                    : "preview.mistakes";
  return fmt::format(
      "<section class=\"problems{}\" role=\"status\"><h2>{}</h2><pre tabindex=\"0\">{}</pre></section>\n",
      state.failed ? " errors" : "", escape_markup(words.text(key)), escape_markup(state.problems));
}

std::string content(PreviewState const& state, View const& view, Catalogue const& words) {
  if (view.language.empty()) return "<main></main>\n";
  if (!view.pages)
    return fmt::format("<main><iframe src=\"/{}/dashboard.html\" title=\"{}\"></iframe></main>\n", view.language,
                       escape_markup(words.text("preview.dashboard")));
  PageCount const& count = state.pages.at(view.language);
  std::string out = "<main><div class=\"sheets\">\n";
  for (std::size_t i = 0; i < count.shown; ++i)
    out += fmt::format("<img src=\"/{0}/page-{1}.png\" width=\"{2}\" height=\"{3}\" alt=\"{4}\">\n", view.language,
                       i + 1, count.sizes[i].first * 4 / 3, count.sizes[i].second * 4 / 3,
                       escape_markup(words.text("preview.page", {{"number", static_cast<std::int64_t>(i + 1)},
                                                                 {"pages", static_cast<std::int64_t>(count.all)}})));
  if (count.shown < static_cast<std::size_t>(count.all))
    out += fmt::format("<p class=\"note\">{}</p>\n",
                       escape_markup(words.text("preview.more", {{"shown", static_cast<std::int64_t>(count.shown)},
                                                                 {"pages", static_cast<std::int64_t>(count.all)}})));
  return out + "</div></main>\n";
}

std::string shell(PreviewState const& state, View const& view, Catalogue const& words, std::uint64_t version) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{0}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\">\n<title>{1}</title>\n<link rel=\"icon\" "
      "href=\"data:,\">\n<link "
      "rel=\"stylesheet\" href=\"/preview.css\">\n<script type=\"module\" "
      "src=\"/preview.js\"></script>\n</head>\n<body "
      "data-version=\"{2}\">\n{3}{4}<p class=\"ended\" hidden>{5}</p>\n{6}</body>\n</html>\n",
      words.locale().language(), title(state, view), version, header(state, view, words), problems(state, words),
      escape_markup(words.text("preview.ended")), content(state, view, words));
}

}  // namespace

Result<PreviewState> make_preview(PreparedReport const& report) {
  PreviewState out;
  auto const members = members_of(report);
  if (!members) return failure(members.error());
  auto const type = Typeface::load();
  if (!type) return failure(type.error());
  SceneType const scenes(**type);
  for (auto const& language : report.plan.languages) {
    auto const words = Catalogue::load(language);
    if (!words) return failure(words.error());
    auto const document = compose_for(report, *words, scenes, members->front());
    if (!document) return failure(document.error());
    auto page = render_html(*document, *words, &scenes);
    if (!page) return failure(page.error());
    auto images = render_page_images(*document, *words, **type, scenes, kMostPreviewPages);
    if (!images) return failure(images.error());
    for (auto const& problem : images->problems) out.problems += to_text(problem, false);
    out.titles[language] = document->title;
    out.languages.push_back(language);
    put_language(out, language, *std::move(page), *std::move(images));
  }
  return out;
}

Site to_site(PreviewState const& state, std::uint64_t version) {
  Site out = state.made;
  for (char const* name : {"preview.css", "preview.js"})
    out[std::string("/") + name] = {name[8] == 'c' ? "text/css" : "text/javascript",
                                    std::string(asset(std::string("html/") + name).value_or(""))};
  for (auto const& language : state.languages) {
    auto const words = Catalogue::load(language);
    if (!words) continue;
    out["/" + language + "/"] = {kHtml, shell(state, {language, false}, *words, version)};
    out["/" + language + "/pages"] = {kHtml, shell(state, {language, true}, *words, version)};
  }
  auto const first = Catalogue::load("en");
  if (state.languages.empty() && first)
    out["/"] = {kHtml, shell(state, {}, *first, version)};
  else if (!state.languages.empty())
    out["/"] = out["/" + state.languages.front() + "/"];
  return out;
}

bool is_own_host(std::string const& host, int port) {
  return host == fmt::format("127.0.0.1:{}", port) || host == fmt::format("localhost:{}", port);
}

}  // namespace yekun
