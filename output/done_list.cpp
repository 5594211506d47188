#include "output/done_list.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/json_tree.h"
#include "output/artefacts.h"
#include "output/digest.h"

namespace yekun {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> contents(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return {};
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::optional<std::string> text_of(JsonNode const& node, std::string_view key) {
  auto const* const found = node.find(key);
  if (found == nullptr || found->kind != JsonKind::string) return {};
  return found->text;
}

/// A name in the folder itself: what the list says may come from anywhere.
bool is_plain_name(std::string const& name) {
  return !name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos &&
         name.find('\0') == std::string::npos;
}

std::optional<DoneReport> parse_line(std::string_view line) {
  auto const read = parse_json(line, "");
  if (!read) return {};
  auto const member = text_of(*read, "member");
  auto const options = text_of(*read, "options");
  auto const key = text_of(*read, "key");
  auto const* const files = read->find("files");
  if (!member || !options || !key || files == nullptr || files->kind != JsonKind::object) return {};
  DoneReport out{*member, *options, *key};
  for (auto const& [name, place, hash] : files->members) {
    if (!is_plain_name(name) || hash.kind != JsonKind::string) return {};
    out.files.push_back({name, hash.text});
  }
  return out;
}

Diagnostic damaged_list(std::string const& path) {
  Diagnostic out;
  out.severity = Severity::warning;
  out.fault = Fault::render;
  out.code = "damaged-list";
  out.message = fmt::format("'{}', which says what is done, is damaged: all reports are written again", path);
  return out;
}

bool append(std::string const& path, std::string_view bytes) {
  int const file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file < 0) return false;
  auto const written = ::write(file, bytes.data(), bytes.size());  // one call: lines of two runs do not mix
  return ::close(file) == 0 && written == static_cast<ssize_t>(bytes.size());
}

}  // namespace

std::string to_line(DoneReport const& report) {
  std::string files;
  for (auto const& file : report.files)
    files += fmt::format("{}{}: {}", files.empty() ? "" : ", ", quote_json(file.name), quote_json(file.sha256));
  return fmt::format("{{\"member\": {}, \"options\": {}, \"key\": {}, \"files\": {{{}}}}}\n", quote_json(report.member),
                     quote_json(report.options), quote_json(report.key), files);
}

std::optional<std::vector<DoneReport>> parse_done(std::string_view text) {
  std::vector<DoneReport> out;
  for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    auto report = parse_line(text.substr(0, end));
    if (!report) return {};
    out.push_back(*std::move(report));
    text.remove_prefix(end + 1);
  }
  return out;
}

bool is_intact(DoneReport const& report, std::string const& folder) {
  for (auto const& file : report.files) {
    auto const path = (fs::path(folder) / file.name).string();
    std::error_code wrong;
    if (!fs::is_regular_file(fs::symlink_status(path, wrong))) return false;
    auto const bytes = contents(path);
    if (!bytes || sha256_hex(*bytes) != file.sha256) return false;
  }
  return !report.files.empty();
}

DoneList DoneList::read(std::string path, Diagnostics& warnings) {
  DoneList out(std::move(path));
  auto const text = contents(out.path_);
  if (!text || text->empty()) return out;
  auto reports = parse_done(*text);
  if (!reports) {
    warnings.push_back(damaged_list(out.path_));
    out.damaged_ = out.untidy_ = true;
    return out;
  }
  out.damaged_ = out.untidy_ = text->back() != '\n';
  for (auto& report : *reports) {
    auto const key = std::pair(report.member, report.options);
    if (!out.reports_.insert_or_assign(key, std::move(report)).second) out.untidy_ = true;
  }
  if (out.damaged_) (void)out.tidy();  // a torn line must not become part of the next one
  return out;
}

DoneReport const* DoneList::find(std::string const& member, std::string const& options) const {
  auto const found = reports_.find({member, options});
  return found == reports_.end() ? nullptr : &found->second;
}

bool DoneList::add(DoneReport report) {
  if (damaged_ && !tidy()) return false;
  auto const line = to_line(report);
  auto const key = std::pair(report.member, report.options);
  reports_.insert_or_assign(key, std::move(report));
  untidy_ = true;
  return append(path_, line);
}

bool DoneList::tidy() {
  if (!untidy_) return true;
  std::string text;
  for (auto const& [key, report] : reports_) text += to_line(report);
  fs::path const path(path_);
  Artefacts file(path.parent_path().string(), fmt::format("{}-list", ::getpid()));
  if (!file.write(path.filename().string(), text).empty() || !file.publish()) return false;
  untidy_ = damaged_ = false;
  return true;
}

}  // namespace yekun
