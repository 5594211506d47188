// Asks with and without a cache, of a dataset in one file and in several: all answers must be the same.
#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <span>
#include <sstream>
#include <string>

#include "indicators/question.h"

namespace yekun::test {

/// Everything that an answer says, with what was read and found.
inline std::string whole_text(Result<AnswerSet> const& set) {
  std::ostringstream out;
  if (!set) {
    for (auto const& one : set.error()) out << to_text(one, false);
    return out.str();
  }
  for (auto const& one : set->answers) out << to_json(one) << to_csv(one);
  for (auto const& one : set->warnings) out << to_text(one, false);
  for (auto const& facts : set->datasets) {
    auto const& summary = facts.summary;
    out << facts.dataset << ' ' << facts.rows_undated << ' ' << facts.unmatched_lookups << ' ' << summary.rows << '\n';
    for (auto const& file : summary.files)
      out << file.name << ' ' << file.bytes << ' ' << file.rows << ' ' << file.skipped << ' ' << file.sha256 << '\n';
    for (auto const& [key, count] : summary.findings.counts) out << key.first << ' ' << key.second << ' ' << count;
    for (auto const& one : summary.findings.listed)
      out << one.dataset << '|' << one.file << '|' << one.row << '|' << one.column << '|' << one.rule << '|'
          << static_cast<int>(one.severity) << '|' << one.text << '|' << one.reason << '\n';
    out << summary.findings.total << ' ' << summary.findings.errors << '\n';
  }
  return out.str();
}

/// A folder for entries that is gone afterwards.
class CacheFolder {
 public:
  CacheFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "yekun-cache-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~CacheFolder() { std::filesystem::remove_all(folder_); }
  CacheFolder(CacheFolder const&) = delete;
  CacheFolder& operator=(CacheFolder const&) = delete;
  std::string const& path() const { return folder_; }
  /// As a run of its own would have it.
  PartialCache open(std::string const& program = "program", std::string const& spec = "spec",
                    std::uint64_t most = CacheStore::kDefaultMost) const {
    auto store = CacheStore::open(folder_, most);
    REQUIRE(store);
    return {std::shared_ptr<CacheStore>(std::move(*store)), program, spec};
  }

 private:
  std::string folder_;
};

/// Every dataset's rows in several files, if a line is a row: `programme` asks the files from then on.
inline void split_files(Programme& programme, std::string const& folder, std::size_t rows_a_file) {
  for (auto& dataset : programme.datasets) {
    if (dataset.source.files.size() != 1 || !dataset.source.files.front().ends_with(".csv")) continue;
    std::string const name = dataset.source.files.front();
    std::ifstream in(folder + "/" + name, std::ios::binary);
    std::string const text(std::istreambuf_iterator<char>(in), {});
    if (text.find('"') != std::string::npos || text.find('\n') == std::string::npos) continue;
    std::string const header = text.substr(0, text.find('\n') + 1);
    dataset.source.files.clear();
    std::size_t at = header.size();
    for (int number = 1; at < text.size() || number == 1; ++number) {
      std::string part = header;
      for (std::size_t row = 0; row < rows_a_file && at < text.size(); ++row) {
        std::size_t const end = std::min(text.find('\n', at), text.size() - 1) + 1;
        part += text.substr(at, end - at);
        at = end;
      }
      dataset.source.files.push_back(name + "." + std::to_string(number) + ".csv");
      std::ofstream(folder + "/" + dataset.source.files.back(), std::ios::binary) << part;
    }
  }
}

/// The same answer without a cache, with an empty one and with a full one.
inline void require_same_with_cache(Programme const& programme, Question const& question, Environment environment) {
  environment.hash_files = true;
  std::string const plain = whole_text(answer(programme, std::span(&question, 1), environment));
  CacheFolder const folder;
  for (bool const full : {false, true}) {
    environment.cache = folder.open();
    INFO("with a cache that is " << (full ? "full" : "empty"));
    REQUIRE(whole_text(answer(programme, std::span(&question, 1), environment)) == plain);
    for (auto const& note : environment.cache.store->take_notes()) FAIL(to_text(note, false));
    if (full) REQUIRE(environment.cache.store->counts().files_read == 0);
  }
}

}  // namespace yekun::test
