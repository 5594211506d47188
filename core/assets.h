// Files carried inside the program: everything under templates/ (fonts, texts, schemas, themes, packs, tile layouts).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace yekun {

struct AssetEntry {
  char const* path;  // below templates/, "/" between folders
  char const* first;
  char const* end;
};

/// All carried files, sorted by path. Written by cmake/Assets.cmake.
std::span<AssetEntry const> asset_entries();

/// The bytes of one carried file, for instance asset("fonts/NotoSans-Regular.ttf"); nullopt if there is none.
std::optional<std::string_view> asset(std::string_view path);

/// The paths that start with `folder` ("texts/"), sorted.
std::vector<std::string> assets_in(std::string_view folder);

}  // namespace yekun
