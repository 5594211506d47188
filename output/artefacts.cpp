#include "output/artefacts.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace yekun {
namespace {

constexpr std::string_view kTemporary = ".yekun-tmp-";

Diagnostic unwritable(std::string const& path, std::string const& what, int code) {
  Diagnostic out;
  out.fault = Fault::render;
  out.code = "unwritable";
  out.message = fmt::format("cannot {} '{}': {}", what, path, std::generic_category().message(code));
  return out;
}

/// 0, or errno.
int sync_path(std::string const& path, int flags) {
  int const file = ::open(path.c_str(), flags | O_CLOEXEC);
  if (file < 0) return errno;
  int const code = ::fsync(file) == 0 ? 0 : errno;
  ::close(file);
  return code;
}

int write_file(std::string const& path, std::string_view bytes) {
  int const file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return errno;
  int code = 0;
  while (!bytes.empty() && code == 0) {
    auto const written = ::write(file, bytes.data(), bytes.size());
    if (written >= 0)
      bytes.remove_prefix(static_cast<std::size_t>(written));
    else if (errno != EINTR)
      code = errno;
  }
  if (::close(file) != 0 && code == 0) code = errno;
  return code;
}

}  // namespace

Artefacts::Artefacts(std::string folder, std::string mark) : folder_(std::move(folder)), mark_(std::move(mark)) {}

Artefacts::~Artefacts() { discard(); }

Diagnostics Artefacts::prepare() const {
  std::error_code code;
  std::filesystem::create_directories(folder_, code);
  if (code) return {unwritable(folder_, "make the folder", code.value())};
  return {};
}

std::string Artefacts::add(std::string const& name) {
  auto const folder = std::filesystem::path(folder_);
  File file;
  file.temporary = (folder / fmt::format(".{}{}{}", name, kTemporary, mark_)).string();
  file.final = (folder / name).string();
  std::lock_guard const lock(mutex_);
  files_.push_back(file);
  return file.temporary;
}

Diagnostics Artefacts::write(std::string const& name, std::string_view bytes) {
  auto const path = add(name);
  int const code = write_file(path, bytes);
  if (code != 0) return {unwritable((std::filesystem::path(folder_) / name).string(), "write", code)};
  return {};
}

Diagnostics Artefacts::make(std::string const& name, std::function<Diagnostics(std::string const& path)> const& write) {
  auto const path = add(name);
  auto const final = (std::filesystem::path(folder_) / name).string();
  auto problems = write(path);
  for (auto& problem : problems) {
    if (problem.place.file == path) problem.place.file = final;
    for (auto at = problem.message.find(path); at != std::string::npos;
         at = problem.message.find(path, at + final.size()))
      problem.message.replace(at, path.size(), final);
  }
  return problems;
}

Diagnostics Artefacts::rename_all() {
  for (auto& file : files_) {
    if (std::filesystem::is_directory(file.final)) return {unwritable(file.final, "write", EISDIR)};
    auto const old = file.temporary + "-old";
    if (::link(file.final.c_str(), old.c_str()) == 0) file.old = old;
    if (std::rename(file.temporary.c_str(), file.final.c_str()) != 0) return {unwritable(file.final, "write", errno)};
    file.renamed = true;
  }
  return {};
}

void Artefacts::put_back() {
  for (auto& file : files_) {
    if (file.renamed && file.old.empty()) ::unlink(file.final.c_str());
    if (file.renamed && !file.old.empty()) std::rename(file.old.c_str(), file.final.c_str());
    file.renamed = false;
  }
}

Result<std::vector<std::string>> Artefacts::publish() {
  std::lock_guard const lock(mutex_);
  for (auto const& file : files_)
    if (int const code = sync_path(file.temporary, O_RDONLY); code != 0)
      return failure(unwritable(file.final, "write", code));
  auto problems = rename_all();
  if (!problems.empty()) {
    put_back();
    remove_all();
    return failure(std::move(problems));
  }
  (void)sync_path(folder_, O_RDONLY | O_DIRECTORY);  // a file system that cannot sync a folder has kept the files
  std::vector<std::string> out;
  for (auto const& file : files_) {
    if (!file.old.empty()) ::unlink(file.old.c_str());
    out.push_back(file.final);
  }
  files_.clear();
  return out;
}

std::vector<Artefacts::Written> Artefacts::names() const {
  std::vector<Written> out;
  for (auto const& file : files_)
    out.push_back({std::filesystem::path(file.final).filename().string(), file.temporary});
  return out;
}

std::vector<Artefacts::Written> Artefacts::pending() {
  std::lock_guard const lock(mutex_);
  return names();
}

std::vector<Artefacts::Written> Artefacts::hand_over() {
  std::lock_guard const lock(mutex_);
  auto out = names();
  files_.clear();
  return out;
}

void Artefacts::discard() {
  std::lock_guard const lock(mutex_);
  remove_all();
}

void Artefacts::remove_all() {
  for (auto const& file : files_) {
    ::unlink(file.temporary.c_str());
    if (!file.old.empty()) ::unlink(file.old.c_str());
  }
  files_.clear();
}

void remove_leftovers(std::string const& folder, std::string const& stem, std::function<bool(long)> const& is_gone) {
  std::error_code wrong;
  std::vector<std::filesystem::path> leftovers;
  for (std::filesystem::directory_iterator one(folder, wrong), end; !wrong && one != end; one.increment(wrong)) {
    std::string const name = one->path().filename().string();
    auto const at = name.rfind(kTemporary);
    if (at == std::string::npos || (!name.starts_with("." + stem) && !name.starts_with(".." + stem))) continue;
    long process = 0;
    char const* const digits = name.data() + at + kTemporary.size();
    auto const read = std::from_chars(digits, name.data() + name.size(), process);
    if (read.ec == std::errc{} && process > 0 && is_gone(process)) leftovers.push_back(one->path());
  }
  for (auto const& path : leftovers) ::unlink(path.c_str());
}

}  // namespace yekun
