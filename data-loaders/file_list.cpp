#include "data-loaders/file_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace yekun {
namespace fs = std::filesystem;
namespace {

/// The set `[...]` at the start of `pattern` against `c`; `length` becomes the set's length, 0 if it is not closed.
bool in_set(std::string_view pattern, char c, std::size_t& length) {
  std::size_t i = 1;
  bool const negated = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
  if (negated) ++i;
  bool found = false;
  for (std::size_t const first = i; i < pattern.size() && (pattern[i] != ']' || i == first); ++i) {
    if (i + 2 < pattern.size() && pattern[i + 1] == '-' && pattern[i + 2] != ']') {
      found = found || (pattern[i] <= c && c <= pattern[i + 2]);
      i += 2;
    } else {
      found = found || pattern[i] == c;
    }
  }
  length = i < pattern.size() ? i + 1 : 0;
  return found != negated;
}

/// How many characters of the pattern match one character `c`; 0 if they do not.
std::size_t match_one(std::string_view pattern, char c) {
  if (pattern.empty()) return 0;
  if (pattern[0] == '?') return 1;
  if (pattern[0] == '[') {
    std::size_t length = 0;
    bool const found = in_set(pattern, c, length);
    if (length != 0) return found ? length : 0;
  }
  return pattern[0] == c ? 1 : 0;
}

Diagnostic path_failure(SourceSpec const& spec, std::string code, std::string message, std::string hint) {
  return {.fault = Fault::data,
          .code = std::move(code),
          .place = spec.place,
          .message = std::move(message),
          .hint = std::move(hint)};
}

struct Walk {
  fs::path root;
  std::vector<std::string> parts;
  std::vector<std::string> found;

  void into(fs::path const& folder, std::size_t part, int depth);
  void add(fs::path const& path) { found.push_back(path.lexically_relative(root).generic_string()); }
};

void Walk::into(fs::path const& folder, std::size_t part, int depth) {
  constexpr int kDeepest = 32;
  if (depth > kDeepest) return;
  bool const last = part + 1 == parts.size();
  std::string const& pattern = parts[part];
  std::error_code error;
  if (!is_pattern(pattern)) {
    fs::path const next = folder / pattern;
    if (last && fs::exists(next, error)) add(next);
    if (!last && fs::is_directory(next, error)) into(next, part + 1, depth + 1);
    return;
  }
  if (pattern == "**" && !last) into(folder, part + 1, depth);
  for (auto it = fs::directory_iterator(folder, error); !error && it != fs::directory_iterator(); it.increment(error)) {
    std::string const name = it->path().filename().string();
    if (name.starts_with('.') && !pattern.starts_with('.')) continue;
    std::error_code ignored;
    bool const folder_here = it->is_directory(ignored);
    if (pattern == "**") {
      if (folder_here && !it->is_symlink(ignored)) into(it->path(), part, depth + 1);
      if (last && !folder_here) add(it->path());
    } else if (matches(pattern, name)) {
      if (last && !folder_here) add(it->path());
      if (!last && folder_here) into(it->path(), part + 1, depth + 1);
    }
  }
}

bool below(fs::path const& folder, fs::path const& path) {
  auto const relative = path.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != ".." && !relative.is_absolute();
}

fs::path real_folder(SourceContext const& context) {
  std::error_code error;
  fs::path const folder = context.folder.empty() ? fs::path(".") : fs::path(context.folder);
  fs::path const real = fs::canonical(folder, error);
  return error ? folder : real;
}

std::vector<std::string> split_path(std::string const& path) {
  std::vector<std::string> parts;
  for (auto const& part : fs::path(path).lexically_normal())
    if (!part.empty() && part != "/" && part != ".") parts.push_back(part.string());
  return parts;
}

/// Nothing wrong: nullopt.
std::optional<Diagnostic> check_file(SourceSpec const& spec, SourceContext const& context, std::string const& file) {
  std::error_code error;
  fs::path const path = full_path(context, file);
  if (fs::is_directory(path, error))
    return path_failure(spec, "not-a-file", fmt::format("'{}' is a folder, a file was expected", file),
                        fmt::format("'{}/*.csv' stands for all CSV files in it", file));
  fs::path const real = fs::canonical(path, error);
  if (!error && !context.allow_outside && !below(real_folder(context), real))
    return path_failure(spec, "outside-folder",
                        fmt::format("'{}' leads out of the programme's folder by a symbolic link", file),
                        "copy the file below the programme's folder");
  return std::nullopt;
}

/// What to do where a path leads nowhere: Windows' ways of writing one, or a file of a similar name in that folder.
std::string hint_for_missing(SourceContext const& context, std::string const& pattern) {
  if (pattern.size() > 2 && pattern[1] == ':')
    return "copy the file below the folder of programme.json: paths are relative to it";
  if (pattern.find('\\') != std::string::npos) {
    std::string slashes = pattern;
    std::replace(slashes.begin(), slashes.end(), '\\', '/');
    return "write / instead of \\ in paths: \"" + slashes + "\"";
  }
  fs::path const path = pattern;
  std::vector<std::string> names;
  std::error_code error;
  for (auto entry = fs::directory_iterator(real_folder(context) / path.parent_path(), error);
       !error && entry != fs::directory_iterator(); entry.increment(error))
    names.push_back(entry->path().filename().string());
  std::sort(names.begin(), names.end());
  auto const near = is_pattern(pattern) ? std::string() : nearest(path.filename().string(), names);
  if (!near.empty()) return fmt::format("did you mean '{}'?", (path.parent_path() / near).generic_string());
  return "paths are relative to the folder of programme.json";
}

Result<std::vector<std::string>> expand(SourceSpec const& spec, SourceContext const& context,
                                        std::string const& pattern) {
  fs::path const normal = fs::path(pattern).lexically_normal();
  bool const leaves = normal.is_absolute() || (!normal.empty() && *normal.begin() == "..");
  if (leaves && !context.allow_outside)
    return failure(path_failure(spec, "outside-folder", fmt::format("'{}' is outside the programme's folder", pattern),
                                "paths are relative to the folder of programme.json and stay below it"));
  auto const parts = split_path(pattern);
  Walk walk{.root = real_folder(context), .parts = parts, .found = {}};
  std::error_code error;
  if (fs::exists(full_path(context, pattern), error)) {  // also a file that is really called "data[1].csv"
    walk.found.push_back(normal.generic_string());
  } else if (!is_pattern(pattern)) {
    walk.found.clear();
  } else if (normal.is_absolute()) {
    walk.root = "/";
    walk.into("/", 0, 0);
    for (auto& f : walk.found) f.insert(0, "/");
  } else {
    walk.into(walk.root, 0, 0);
  }
  std::sort(walk.found.begin(), walk.found.end());
  if (walk.found.empty())
    return failure(path_failure(spec, "no-such-file",
                                !is_pattern(pattern) ? fmt::format("there is no file '{}'", pattern)
                                                     : fmt::format("no file matches '{}'", pattern),
                                hint_for_missing(context, pattern)));
  return walk.found;
}

}  // namespace

bool is_pattern(std::string_view part) { return part.find_first_of("*?[") != std::string_view::npos; }

bool matches(std::string_view pattern, std::string_view name) {
  std::size_t p = 0;
  std::size_t star = std::string_view::npos;  // the last star, and where the name stood then
  std::size_t after_star = 0;
  std::size_t i = 0;
  while (i < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      after_star = i;
    } else if (std::size_t const length = match_one(pattern.substr(std::min(p, pattern.size())), name[i]);
               length != 0) {
      p += length;
      ++i;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      i = ++after_star;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

Result<std::vector<std::string>> find_files(SourceSpec const& spec, SourceContext const& context) {
  std::vector<std::string> files;
  Diagnostics problems;
  for (auto const& pattern : spec.files) {
    if (pattern == "-") {
      files.push_back(pattern);
      continue;
    }
    auto found = expand(spec, context, pattern);
    if (!found) {
      problems.insert(problems.end(), found.error().begin(), found.error().end());
      continue;
    }
    for (auto& file : *found) {
      if (auto problem = check_file(spec, context, file)) {
        problems.push_back(std::move(*problem));
      } else if (std::find(files.begin(), files.end(), file) == files.end()) {
        files.push_back(std::move(file));
      }
    }
  }
  if (!problems.empty()) return failure(std::move(problems));
  return files;
}

std::string full_path(SourceContext const& context, std::string const& file) {
  if (file == "-") return file;
  return (real_folder(context) / fs::path(file)).lexically_normal().string();
}

std::vector<SourceFile> source_files(SourceContext const& context, std::vector<std::string> const& files) {
  std::vector<SourceFile> out;
  for (auto const& file : files) {
    if (file == "-") return {};
    out.push_back({file, full_path(context, file)});
  }
  return out;
}

}  // namespace yekun
