#include "reports/spec_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace yekun {
namespace {

constexpr std::array<std::string_view, 7> kDataEndings{".csv", ".tsv", ".xlsx", ".xlsm", ".ods", ".sqlite", ".zip"};

bool is_data(std::filesystem::path const& path) {
  return std::find(kDataEndings.begin(), kDataEndings.end(), path.extension().string()) != kDataEndings.end();
}

/// A spec of a similar name in the same folder.
std::string similar_spec(std::filesystem::path const& path) {
  std::vector<std::string> names;
  std::error_code error;
  auto const folder = path.parent_path().empty() ? std::filesystem::path(".") : path.parent_path();
  for (auto entry = std::filesystem::directory_iterator(folder, error);
       !error && entry != std::filesystem::directory_iterator(); entry.increment(error))
    if (entry->path().extension() == ".json") names.push_back(entry->path().filename().string());
  std::sort(names.begin(), names.end());
  auto const near = nearest(path.filename().string(), names);
  return near.empty() ? "" : fmt::format("did you mean '{}'?", (path.parent_path() / near).string());
}

tl::unexpected<Diagnostics> unreadable(std::string const& path, std::string const& why, std::string hint = {}) {
  Diagnostic out;
  out.code = "unreadable-spec";
  out.place.file = path;
  out.message = fmt::format("cannot read '{}': {}", path, why);
  out.hint = std::move(hint);
  return failure(std::move(out));
}

}  // namespace

Result<std::string> read_spec_file(std::string const& path) {
  std::error_code code;
  auto const status = std::filesystem::status(path, code);
  if (!std::filesystem::exists(status)) return unreadable(path, "there is no such file", similar_spec(path));
  if (std::filesystem::is_directory(status)) return unreadable(path, "it is a folder");
  if (is_data(path))
    return unreadable(path, "it is a data file, a spec was expected",
                      fmt::format("a spec ends in .json; to see what a data file holds: yekun data {}", path));
  std::ifstream in(path, std::ios::binary);
  if (!in) return unreadable(path, "it cannot be opened");
  std::string text;
  char block[65536];
  while (in.read(block, sizeof block) || in.gcount() > 0) {
    text.append(block, static_cast<std::size_t>(in.gcount()));
    if (text.size() > kLargestSpec) return unreadable(path, "a spec is at most 16 MiB");
  }
  if (in.bad()) return unreadable(path, "reading it failed");
  return text;
}

std::string folder_of(std::string const& path) {
  auto const folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

std::string join_path(std::string const& folder, std::string const& path) {
  return (std::filesystem::path(folder) / path).lexically_normal().string();
}

std::string stem_of(std::string const& path) { return std::filesystem::path(path).stem().string(); }

}  // namespace yekun
