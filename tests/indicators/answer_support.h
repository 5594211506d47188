// A programme over CSV texts in a temporary folder, and the answer to one question as CSV.
#pragma once

#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "indicators/question.h"
#include "tests/indicators/cache_support.h"

namespace yekun::test {

/// A programme whose datasets are CSV texts.
class TestProgramme {
 public:
  TestProgramme() {
    std::string name = (std::filesystem::temp_directory_path() / "yekun-answer-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    programme.folder = folder_;
  }
  ~TestProgramme() { std::filesystem::remove_all(folder_); }
  TestProgramme(TestProgramme const&) = delete;
  TestProgramme& operator=(TestProgramme const&) = delete;

  Dataset& dataset(std::string const& id, std::string const& csv, std::vector<ColumnSpec> columns,
                   std::vector<std::string> date) {
    std::ofstream(folder_ + "/" + id + ".csv", std::ios::binary) << csv;
    Dataset one;
    one.id = id;
    one.source.files = {id + ".csv"};
    one.columns = std::move(columns);
    one.date = std::move(date);
    programme.datasets.push_back(std::move(one));
    return programme.datasets.back();
  }
  Indicator& indicator(std::string const& id, std::string const& dataset, std::string const& measure,
                       std::string const& where = {}) {
    Indicator one;
    one.id = id;
    one.dataset = dataset;
    one.measure = measure;
    one.where = where;
    programme.indicators.push_back(std::move(one));
    return programme.indicators.back();
  }
  Indicator& formula(std::string const& id, std::string const& text) {
    Indicator one;
    one.id = id;
    one.formula = text;
    programme.indicators.push_back(std::move(one));
    return programme.indicators.back();
  }
  Environment environment(unsigned threads = 1) const {
    Environment one;
    one.sources.folder = folder_;
    one.threads = threads;
    return one;
  }
  std::string const& folder() const { return folder_; }

  Programme programme{};

 private:
  std::string folder_;
};

inline Period period(std::string const& text) {
  auto const parsed = parse_period(text, {});
  REQUIRE(parsed);
  return *parsed;
}

inline std::string messages(Diagnostics const& all) {
  std::string out;
  for (auto const& one : all) out += to_text(one, false);
  return out;
}

/// Also with a cache, and from rows in several files.
inline Answer ask(TestProgramme const& test, Question const& question, unsigned threads = 1) {
  auto const set = answer(test.programme, std::span(&question, 1), test.environment(threads));
  if (!set) FAIL(messages(set.error()));
  require_same_with_cache(test.programme, question, test.environment(threads));
  Programme in_files = test.programme;
  split_files(in_files, test.folder(), 7);
  require_same_with_cache(in_files, question, test.environment(threads));
  return set->answers.front();
}

inline std::string ask_csv(TestProgramme const& test, Question const& question, unsigned threads = 1) {
  return to_csv(ask(test, question, threads));
}

/// The messages of a refused question.
inline std::string refusal(TestProgramme const& test, Question const& question) {
  auto const set = answer(test.programme, std::span(&question, 1), test.environment());
  REQUIRE_FALSE(set);
  return messages(set.error());
}

}  // namespace yekun::test
