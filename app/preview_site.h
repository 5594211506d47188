// What the preview serves: pages made from the report, kept in memory. Nothing else can be asked for: no path of a
// request ever becomes a path of a file.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "app/prepared_report.h"

namespace yekun {

struct Served {
  std::string type;  // of media
  std::string bytes;
};

/// By the exact path of the address: "/", "/az/", "/az/pages", "/az/dashboard.html", "/az/page-1.png", "/preview.css",
/// ...
using Site = std::map<std::string, Served>;

struct PageCount {
  std::size_t shown = 0;
  int all = 0;
  std::vector<std::pair<int, int>> sizes{};  // of those shown, in points
};

/// One state of the preview.
struct PreviewState {
  Site made{};                           // dashboards and pictures, of the last report that could be built
  std::vector<std::string> languages{};  // of it; the first one's dashboard is "/"
  std::map<std::string, PageCount> pages{};
  std::map<std::string, std::string> titles{};  // by language
  std::string name{};                           // of the report, until it has a title
  std::string problems{};                       // as they are printed, without colours
  bool failed = false;                          // they are errors: `made` is older
};

inline constexpr std::size_t kMostPreviewPages = 40;

/// The report's dashboards and pages. Errors: what keeps it from being built.
Result<PreviewState> make_preview(PreparedReport const& report);

/// `state` as pages to serve, which reload themselves when the server's version is another one.
Site to_site(PreviewState const& state, std::uint64_t version);

/// Whether a request's Host header names this server: 127.0.0.1 or localhost, with its port. Other names come from
/// pages elsewhere that had their name point here.
bool is_own_host(std::string const& host, int port);

}  // namespace yekun
