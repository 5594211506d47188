#include "core/assets.h"

#include <algorithm>

namespace yekun {

std::optional<std::string_view> asset(std::string_view path) {
  auto const entries = asset_entries();
  auto const* const found = std::find_if(entries.data(), entries.data() + entries.size(),
                                         [&](AssetEntry const& e) { return path == e.path; });
  if (found == entries.data() + entries.size()) return std::nullopt;
  return std::string_view(found->first, static_cast<std::size_t>(found->end - found->first));
}

std::vector<std::string> assets_in(std::string_view folder) {
  std::vector<std::string> paths;
  for (auto const& entry : asset_entries())
    if (std::string_view(entry.path).starts_with(folder)) paths.emplace_back(entry.path);
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace yekun
