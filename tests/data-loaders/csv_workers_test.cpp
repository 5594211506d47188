#include <algorithm>
#include <atomic>
#include <mutex>
#include <random>

#include "csv_fixture.h"

using namespace yekun;
using namespace yekun::testing;

namespace {

/// Batches as lines, by their order.
class OrderedSink final : public BatchSink {
 public:
  void begin(unsigned workers) override { workers_ = workers; }
  bool accept(Batch& batch) override {
    if (batch.worker >= workers_) strange_ = true;
    std::string text;
    for (std::size_t row = 0; row < batch.rows; ++row) {
      text += std::to_string(batch.row_numbers[row]);
      for (auto const& column : batch.columns) text += "|" + shown(column, row);
      text += "\n";
    }
    std::lock_guard const lock(mutex_);
    batches_.emplace_back(batch.order, std::move(text));
    return true;
  }
  std::string all() {
    REQUIRE_FALSE(strange_);
    std::sort(batches_.begin(), batches_.end());
    std::string text;
    for (auto const& [order, batch] : batches_) text += std::to_string(order) + "\n" + batch;
    return text;
  }

 private:
  unsigned workers_ = 0;
  std::atomic<bool> strange_{false};
  std::mutex mutex_;
  std::vector<std::pair<std::uint64_t, std::string>> batches_;
};

std::string cell_of(std::mt19937& random) {
  std::vector<std::string> const cells{"",
                                       "12",
                                       "3.5",
                                       "x",
                                       "Gəncə",
                                       "\"a, b\"",
                                       "\"two\nlines\"",
                                       "NA",
                                       "\"say \"\"hi\"\"\"",
                                       "2025-07-14",
                                       "2025-02-30",
                                       "99999999999999999999"};
  return cells[random() % cells.size()];
}

/// As a spreadsheet would write it.
std::string quoted(std::string const& cell, char separator, bool always) {
  bool const needed = always || cell.find_first_of(std::string("\"\r\n") + separator) != std::string::npos;
  if (!needed) return cell;
  std::string text = "\"";
  for (char const c : cell) text += c == '"' ? "\"\"" : std::string(1, c);
  return text + "\"";
}

}  // namespace

TEST_CASE("tables, row numbers and findings do not depend on the number of workers", "[data-loaders]") {
  TestFolder const folder;
  std::mt19937 random(5);
  for (auto const* name : {"a.csv", "b.csv"}) {
    std::string text = "id,n,x,day,place\n";
    for (int i = 0; i < 40000; ++i) {
      text += std::to_string(i);
      for (std::size_t c = random() % 50 == 0 ? 3 : 4; c > 0; --c) text += "," + cell_of(random);
      text += random() % 3 == 0 ? "\r\n" : "\n";
    }
    folder.write(name, text);
  }
  auto const dataset = dataset_of("*.csv", {{.name = "n", .type = Type::integer},
                                            {.name = "x", .type = Type::decimal},
                                            {.name = "day", .type = Type::date}});
  auto const source = open_source(dataset, folder.context());
  REQUIRE(source);
  std::string expected;
  std::string expected_findings;
  for (unsigned threads : {1U, 2U, 3U, 8U}) {
    ScanRequest request;
    request.columns = {{"id", TextForm::raw}, {"n"}, {"x"}, {"day"}, {"place"}};
    request.threads = threads;
    request.row_numbers = true;
    OrderedSink sink;
    auto const summary = (*source)->scan(request, sink);
    REQUIRE(summary);
    CHECK(summary->rows == 80000);
    CHECK(summary->files[1].rows == 40000);
    CHECK(summary->findings.listed.size() == Findings::kListed);
    std::string findings = std::to_string(summary->findings.total) + " " + std::to_string(summary->findings.errors);
    for (auto const& [key, count] : summary->findings.counts)
      findings += "\n" + key.first + " " + key.second + " " + std::to_string(count);
    for (auto const& finding : summary->findings.listed) findings += "\n" + shown(finding);
    if (threads == 1) {
      expected = sink.all();
      expected_findings = findings;
    }
    REQUIRE(sink.all() == expected);
    REQUIRE(findings == expected_findings);
  }
}

TEST_CASE("a table written in several dialects is read back equal", "[data-loaders]") {
  std::mt19937 random(9);
  std::vector<std::string> const cells{"",           "a",         "Şəki", "1,5",  "x;y", "say \"no\"",
                                       "two\nlines", "tab\there", "a|b",  "ნინო", " x "};
  for (int round = 0; round < 60; ++round) {
    std::size_t const width = 2 + random() % 5;
    std::vector<std::vector<std::string>> rows(20, std::vector<std::string>(width));
    std::string expected;
    for (auto& row : rows) {
      for (auto& cell : row) {
        cell = cells[random() % cells.size()];
        expected += (&cell == row.data() ? "" : "|") + (cell.empty() ? "·" : cell);
      }
      expected += "\n";
    }
    for (char const separator : {',', ';', '\t', '|'})
      for (std::string const line_end : {"\n", "\r\n", "\r"}) {
        bool const always = round % 2 == 0;
        std::string text = round % 3 == 0 ? "\xEF\xBB\xBF" : "";
        for (std::size_t c = 0; c < width; ++c)
          text += (c == 0 ? "h" : separator + std::string("h")) + std::to_string(c);
        text += line_end;
        for (auto const& row : rows) {
          for (std::size_t c = 0; c < width; ++c)
            text += (c == 0 ? "" : std::string(1, separator)) + quoted(row[c], separator, always);
          text += line_end;
        }
        TestFolder const folder;
        folder.write("t.csv", text);
        auto dataset = dataset_of("t.csv");
        dataset.source.dialect.separator = separator;
        INFO(text);
        REQUIRE(read_shown(dataset, folder.context()) == expected);
      }
  }
}

TEST_CASE("a scan whose sink has enough stops early", "[data-loaders]") {
  TestFolder const folder;
  std::string text = "a,b\n";
  for (int i = 0; i < 200000; ++i) text += "1,2\n";
  folder.write("a.csv", text);
  struct : BatchSink {
    void begin(unsigned) override {}
    bool accept(Batch&) override { return false; }
  } sink;
  auto const source = open_source(dataset_of("a.csv"), folder.context());
  REQUIRE(source);
  ScanRequest request;
  request.columns = {{"a"}};
  auto const summary = (*source)->scan(request, sink);
  REQUIRE(summary);
  CHECK(summary->rows < 200000);
}

TEST_CASE("many failures of one scan are one message", "[data-loaders]") {
  TestFolder const folder;
  std::string text = "a,b\n";
  for (int i = 0; i < 100000; ++i) text += "1,2\n";
  folder.write("a.csv", text + "3,\"open\n" + std::string(3000, 'x'));
  folder.write("b.csv", "c\n1\n");
  ScanRequest request;
  request.columns = {{"a"}};
  for (unsigned threads : {1U, 4U}) {
    request.threads = threads;
    OrderedSink sink;
    request.row_numbers = true;
    auto const source = open_source(dataset_of("a.csv"), folder.context());
    REQUIRE(source);
    auto const summary = (*source)->scan(request, sink);
    REQUIRE_FALSE(summary);
    CHECK(shown(summary.error()) ==
          "a.csv: row 100002: error[unterminated-quote]: the quote that opens on line 100002 is never closed\n"
          "  hint: close it, double it if it is part of the text, or declare another \"quote\"\n");
  }
}
