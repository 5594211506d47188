// Repeats of surveys in text tables: ODK Central's zip, the same unpacked, Kobo's sheets saved as CSV.
#include <array>

#include "csv_fixture.h"

using namespace yekun;
using namespace yekun::testing;

namespace {

constexpr std::string_view kForm =
    "SubmissionDate,head-region,n,KEY\n2025-03-01,Quba,4,uuid:a\n2025-03-02,Baku,x,uuid:b\n";
constexpr std::string_view kChildren =
    "name,age,PARENT_KEY,KEY\nAli,5,uuid:a,uuid:a/children[1]\nAna,7,uuid:b,uuid:b/children[1]\n"
    "Leyla,2,uuid:a,uuid:a/children[2]\n";
constexpr std::string_view kToys =
    "toy,PARENT_KEY,KEY\nball,uuid:a/children[2],uuid:a/children[2]/toys[1]\nkite,,k\ndoll,uuid:z/children[1],d\n";

/// Cells, then findings.
std::string seen(Dataset const& dataset, SourceContext const& context, std::vector<std::string> names) {
  auto const table = read(dataset, context, std::move(names));
  if (!table) return shown(table.error());
  return shown(*table) + shown(table->summary.findings);
}

/// A zip file of stored members, with the checksums and places that zip files have.
class Zip {
 public:
  void add(std::string const& name, std::string_view bytes) {
    std::string const facts = little(crc(bytes), 4) + little(bytes.size(), 4) + little(bytes.size(), 4) +
                              little(name.size(), 2) + little(0, 2);
    list_ += "PK\x01\x02" + little(20, 2) + little(20, 2) + little(0, 8) + facts + little(0, 10) +
             little(body_.size(), 4) + name;
    body_ += "PK\x03\x04" + little(20, 2) + little(0, 8) + facts + name + std::string(bytes);
    ++count_;
  }
  std::string bytes() const {
    return body_ + list_ + "PK\x05\x06" + little(0, 4) + little(count_, 2) + little(count_, 2) +
           little(list_.size(), 4) + little(body_.size(), 4) + little(0, 2);
  }

 private:
  static std::string little(std::uint64_t value, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(i < 8 ? value >> (8 * i) & 0xFFU : 0));
    return out;
  }
  static std::uint32_t crc(std::string_view bytes) {
    std::uint32_t sum = 0xFFFFFFFF;
    for (char const c : bytes) {
      sum ^= static_cast<unsigned char>(c);
      for (int i = 0; i < 8; ++i) sum = (sum >> 1U) ^ ((sum & 1U) != 0 ? 0xEDB88320U : 0U);
    }
    return ~sum;
  }
  std::string body_;
  std::string list_;
  std::uint64_t count_ = 0;
};

}  // namespace

TEST_CASE("ODK's repeats have the columns of their submissions, also repeats in repeats", "[csv][survey]") {
  TestFolder const folder;
  folder.write("form.csv", kForm);
  folder.write("form-children.csv", kChildren);
  folder.write("form-toys.csv", kToys);
  folder.write("fo.csv", "KEY,region\nuuid:a,wrong\n");
  auto const children = dataset_of("form-children.csv", {{"region"}, {"age", Type::integer}, {"n", Type::integer}});
  CHECK(columns_shown(children, folder.context()) == "[name][age][PARENT_KEY][KEY][SubmissionDate][region][n]");
  CHECK(seen(children, folder.context(), {"region", "age", "n", "KEY"}) ==
        "Quba|5|4|uuid:a/children[1]\nBaku|7|·|uuid:b/children[1]\nQuba|2|4|uuid:a/children[2]\n"
        "form.csv:3 n rejected-cell 'x' not a whole number\n");
  CHECK(seen(dataset_of("form-toys.csv"), folder.context(), {"toy", "SubmissionDate"}) ==
        "ball|2025-03-01\nkite|·\ndoll|·\n"
        "form-toys.csv:3 PARENT_KEY unmatched-submission '' there is no such submission; its columns are missing here\n"
        "form-toys.csv:4 PARENT_KEY unmatched-submission 'uuid:z/children[1]' there is no such submission; its columns "
        "are missing here\n");
}

TEST_CASE("a table of ODK Central's zip file is chosen by name, the submissions where none is", "[csv][survey][zip]") {
  TestFolder const folder;
  Zip zip;
  zip.add("form-children.csv", kChildren);
  zip.add("form.csv", kForm);
  zip.add("media/photo.jpg", "x");
  zip.add("__MACOSX/f.csv", "x");
  folder.write("Form.zip", zip.bytes());
  auto dataset = dataset_of("Form.zip");
  CHECK(seen(dataset, folder.context(), {"head-region", "KEY"}) == "Quba|uuid:a\nBaku|uuid:b\n");
  for (auto const* name : {"form-children.csv", "FORM-CHILDREN"}) {
    dataset.source.sheet = name;
    CHECK(seen(dataset, folder.context(), {"name", "head-region"}) == "Ali|Quba\nAna|Baku\nLeyla|Quba\n");
  }
  dataset.source.sheet = "toys";
  CHECK(seen(dataset, folder.context(), {"toy"}) ==
        "Form.zip: error[unreadable-file]: 'Form.zip' has no table 'toys'\n"
        "  hint: its tables are 'form-children.csv', 'form.csv'\n");
}

TEST_CASE("a zip file of tables without a first among them is refused with their names", "[csv][zip]") {
  TestFolder const folder;
  Zip several;
  several.add("a.csv", "x\n1\n");
  several.add("b.csv", "x\n2\n");
  folder.write("several.zip", several.bytes());
  CHECK(seen(dataset_of("several.zip"), folder.context(), {"x"}) ==
        "several.zip: error[unreadable-file]: 'several.zip' holds several tables\n"
        "  hint: name one by \"sheet\": 'a.csv', 'b.csv'\n");
  Zip none;
  none.add("a.png", "x");
  folder.write("none.zip", none.bytes());
  CHECK(seen(dataset_of("none.zip"), folder.context(), {"x"}) ==
        "none.zip: error[unreadable-file]: 'none.zip' is a zip file without text tables (.csv, .tsv, .txt)\n");
  std::string cut = several.bytes();
  folder.write("cut.zip", std::string_view(cut).substr(0, cut.size() / 2));
  CHECK_FALSE(read(dataset_of("cut.zip"), folder.context()));
}

TEST_CASE("Kobo's repeats saved as CSV are joined by _submission__uuid, whatever declared names say", "[csv][survey]") {
  TestFolder const folder;
  folder.write("data/household.csv", "_index;group/district;_uuid\n1;Xaçmaz;u1\n2;Şəki;u2\n2;twice;u2\n");
  folder.write("data/members.csv", "sex;_index;_parent_index;_submission__uuid\nf;1;9;u2\nm;2;9;u1\nf;3;9;u3\n");
  folder.write("data/other.csv", "a;b\n1;2\n");
  std::vector<ColumnSpec> const columns{
      {.name = "submission", .from = "_submission__uuid", .personal = true}, {"district"}, {"sex"}};
  CHECK(seen(dataset_of("data/members.csv", columns), folder.context(), {"district", "sex"}) ==
        "Şəki|f\nXaçmaz|m\n·|f\n"
        "data/household.csv:0 _uuid doubled-submission '' 1 rows repeat the _uuid of a row before them; the first is "
        "joined\n"
        "data/members.csv:4 submission unmatched-submission '•••' there is no such submission; its columns are missing "
        "here\n");
}

TEST_CASE("repeats whose submissions are not beside them, or not certain, are told", "[csv][survey]") {
  TestFolder const folder;
  folder.write("r.csv", "a,PARENT_KEY,KEY\n1,k,k/1\n");
  auto const alone = seen(dataset_of("r.csv"), folder.context(), {"a"});
  CHECK(
      alone ==
      "1\nr.csv:0 PARENT_KEY no-submissions '' these are repeats of a survey, but no table with a column 'KEY' stands "
      "beside them; they are read without the columns of their submissions\n");
  folder.write("one.csv", "region,KEY\nQuba,k\n");
  CHECK(seen(dataset_of("r.csv"), folder.context(), {"a", "region"}) == "1|Quba\n");
  folder.write("two.csv", "region,KEY\nBaku,k\n");
  CHECK(seen(dataset_of("r.csv"), folder.context(), {"a"}) ==
        "1\nr.csv:0 PARENT_KEY no-submissions '' these are repeats of a survey, but 2 tables beside them have a column "
        "'KEY' and none is called as this one begins; they are read without the columns of their submissions\n");
}

TEST_CASE("repeats are joined alike by any number of workers, in either form of text", "[csv][survey]") {
  TestFolder const folder;
  std::string main = "KEY,n,word\n";
  std::string repeats = "PARENT_KEY,KEY,i\n";
  constexpr int kRows = 60'000;
  for (int i = 0; i < 500; ++i)
    main += "k" + std::to_string(i) + "," + std::to_string(i) + ",w" + std::to_string(i % 7) + "\n";
  for (int i = 0; i < kRows; ++i)
    repeats += "k" + std::to_string(i % 600) + ",r" + std::to_string(i) + "," + std::to_string(i) + "\n";
  folder.write("f.csv", main);
  folder.write("f-r.csv", repeats);
  auto const source =
      open_source(dataset_of("f-r.csv", {{"n", Type::integer}, {"i", Type::integer}}), folder.context());
  REQUIRE(source);

  class Check final : public BatchSink {
   public:
    void begin(unsigned workers) override { wrong_.resize(workers); }
    bool accept(Batch& batch) override {
      for (std::size_t row = 0; row < batch.rows; ++row) {
        std::int64_t const submission = batch.columns[1].whole[row] % 600;
        bool good = batch.columns[0].has(row) == (submission < 500) && batch.row_numbers.empty();
        if (good && submission < 500)
          good = batch.columns[0].whole[row] == submission &&
                 batch.columns[2].text(row) == "w" + std::to_string(submission % 7) &&
                 batch.columns[3].text(row) == batch.columns[2].text(row);
        wrong_[batch.worker] += good ? 0 : 1;
      }
      return true;
    }
    int wrong() const {
      int all = 0;
      for (int const one : wrong_) all += one;
      return all;
    }

   private:
    std::vector<int> wrong_;
  };
  std::string first;
  for (unsigned const threads : {1U, 3U}) {
    Check check;
    ScanRequest request{.threads = threads};
    request.columns = {{"n"}, {"i"}, {"word", TextForm::coded}, {"word", TextForm::raw}};
    auto const summary = (*source)->scan(request, check);
    REQUIRE(summary);
    CHECK(check.wrong() == 0);
    CHECK(summary->rows == kRows);
    CHECK(summary->findings.total == kRows / 6);
    REQUIRE(summary->findings.listed.size() == Findings::kListed);
    std::string const listed = shown(summary->findings);
    CHECK(listed.starts_with("f-r.csv:502 PARENT_KEY unmatched-submission 'k500'"));
    if (first.empty()) first = listed;
    CHECK(listed == first);
  }
}
