#include "reports/spec_file.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace yekun {
namespace {

tl::unexpected<Diagnostics> unreadable(std::string const& path, std::string const& why) {
  Diagnostic out;
  out.code = "unreadable-spec";
  out.place.file = path;
  out.message = fmt::format("cannot read '{}': {}", path, why);
  return failure(std::move(out));
}

}  // namespace

Result<std::string> read_spec_file(std::string const& path) {
  std::error_code code;
  auto const status = std::filesystem::status(path, code);
  if (!std::filesystem::exists(status)) return unreadable(path, "there is no such file");
  if (std::filesystem::is_directory(status)) return unreadable(path, "it is a folder");
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
