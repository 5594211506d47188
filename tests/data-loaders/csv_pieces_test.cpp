#include <random>

#include "csv_fixture.h"
#include "data-loaders/csv_pieces.h"
#include "data-loaders/csv_simd.h"
#include "vector_targets.h"

using namespace yekun;
using namespace yekun::testing;

namespace {

/// Text with everything that makes cutting hard. `tidy`: quotes stand only where they should.
std::string random_text(std::mt19937& random, std::size_t cells, bool tidy) {
  auto const pick = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  std::vector<std::string> const plain{"", "a", "Quba", "Gəncə", "12.5", "x y", "ნინო", "-"};
  std::vector<std::string> const quoted{"\"\"",     "\"a,b\"", "\"line\nbreak\"", "\"\"\"\"", "\"say \"\"no\"\"\"",
                                        "\"\r\n\"", "\",\""};
  std::vector<std::string> const wild{"5\" pipe", "\"a\"b", "a\"b,\"c\"", "\"x\"\"", " \"", "\r", "\"\"z\"\n\""};
  std::string text;
  for (std::size_t i = 0; i < cells; ++i) {
    std::size_t const kind = pick(tidy ? 9 : 10);
    text += kind < 6 ? plain[pick(plain.size())] : (kind < 9 ? quoted[pick(quoted.size())] : wild[pick(wild.size())]);
    std::size_t const end = pick(8);
    text += end < 5 ? "," : (end == 5 ? "\n" : (end == 6 ? "\r\n" : "\r"));
  }
  return text;
}

std::string with_margins(std::string const& text) {
  return std::string(kTextMargin, '\n') + text + std::string(kTextMargin, '\0');
}

/// Records as "line: cell|cell" lines.
void show(std::string_view text, Structure const& s, std::uint64_t first_line, std::string& all) {
  for (std::size_t row = 0; row < s.rows(); ++row) {
    auto const line = first_line + count_breaks(text.substr(s.begin, s.row_begin(row) - s.begin));
    all += std::to_string(line) + ": ";
    for (std::size_t i = 0; i < s.cells(row); ++i) all += "<" + std::string(raw_cell(text.data(), s, row, i)) + ">";
    all += "\n";
  }
}

std::string expected_records(std::string const& text, bool& unclosed) {
  std::string const padded = with_margins("\n" + text);
  std::string_view const view = std::string_view(padded).substr(kTextMargin, text.size() + 1);
  Structure s;
  auto const open = index_exactly(view, 1, static_cast<std::uint32_t>(view.size()), true, {}, s);
  unclosed = open.open;
  std::string all;
  show(view, s, 1, all);
  return all;
}

std::string records_of(PieceReader& reader, bool& unclosed) {
  std::string all;
  TextPiece piece;
  unclosed = false;
  while (true) {
    auto const more = reader.next(piece);
    unclosed = !more;
    if (!more || !*more) return all;
    show(piece.text, piece.structure, piece.first_line, all);
  }
}

class StringStream final : public ByteStream {
 public:
  StringStream(std::string text, std::size_t step) : text_(std::move(text)), step_(step) {}
  Result<std::size_t> read(std::span<char> room) override {
    std::size_t const count = std::min({room.size(), text_.size() - at_, step_});
    std::copy_n(text_.data() + at_, count, room.data());
    at_ += count;
    return count;
  }

 private:
  std::string text_;
  std::size_t step_;
  std::size_t at_ = 0;
};

}  // namespace

TEST_CASE("the vector index finds what the byte by byte index finds", "[data-loaders]") {
  for_each_target([](char const* target) {
    INFO(target);
    std::mt19937 random(7);
    for (int round = 0; round < 1500; ++round) {
      std::string const text = "\n" + random_text(random, 1 + random() % (round % 10 == 0 ? 3000 : 80), round % 2 == 0);
      std::string const padded = with_margins(text);
      std::string_view const view = std::string_view(padded).substr(kTextMargin, text.size());
      bool const at_end = random() % 2 == 0;
      auto const end = static_cast<std::uint32_t>(1 + random() % text.size());
      Structure exact;
      Structure fast;
      auto const open = index_exactly(view, 1, end, at_end, {}, exact);
      auto const found = index_fast(view, 1, end, at_end, ',', '"', fast);
      if (!found.usable || found.open.quoted) continue;
      std::string a;
      std::string b;
      show(view, exact, 1, a);
      show(view, fast, 1, b);
      INFO(text);
      REQUIRE(a == b);
      REQUIRE(open.open == found.open.open);
      REQUIRE(exact.after == fast.after);
    }
  });
}

TEST_CASE("the vector index finds every sequence that is not UTF-8, and no other", "[data-loaders]") {
  std::vector<std::string> const good{"a", "\u00e9", "\u10d0", "\U0001F600", "\uFFFD", "\u07ff", "\u0800", "\uffff"};
  std::vector<std::string> const bad{"\x80",
                                     "\xC0\x80",
                                     "\xC1\xBF",
                                     "\xE0\x80\x80",
                                     "\xED\xA0\x80",
                                     "\xF0\x80\x80\x80",
                                     "\xF4\x90\x80\x80",
                                     "\xF5\x80\x80\x80",
                                     "\xFF",
                                     "\xE2\x82",
                                     "\xC3"};
  for_each_target([&](char const* target) {
    INFO(target);
    std::mt19937 random(11);
    for (int round = 0; round < 2000; ++round) {
      std::string text = "\n";
      for (std::size_t i = random() % (round % 8 == 0 ? 2000 : 120); i > 0; --i) text += good[random() % good.size()];
      bool const spoiled = round % 2 == 1;
      if (spoiled) {
        text += bad[random() % bad.size()];
        for (std::size_t i = random() % 70; i > 0; --i) text += "b";
      }
      std::string const padded = with_margins(text);
      std::string_view const view = std::string_view(padded).substr(kTextMargin, text.size());
      Structure s;
      index_fast(view, 1, static_cast<std::uint32_t>(view.size()), true, ',', '"', s);
      INFO(text);
      REQUIRE(s.suspicious == spoiled);
    }
  });
}

TEST_CASE("pieces of any size hold the same records with the same lines", "[data-loaders]") {
  TestFolder const folder;
  std::mt19937 random(3);
  for (int round = 0; round < 300; ++round) {
    std::string const text = random_text(random, 1 + random() % 120, round % 2 == 0);
    bool unclosed = false;
    std::string const expected = expected_records(text, unclosed);
    folder.write("t.csv", text);
    auto const file = FileHandle::open((folder.path() / "t.csv").string(), "t.csv");
    REQUIRE(file);
    for (std::size_t bytes : {7U, 16U, 61U, 100U, 1000U}) {
      INFO(text << "\npieces of " << bytes);
      bool failed = false;
      auto const direct = file_pieces(*file, 0, {}, {}, bytes);
      std::string const got = records_of(*direct, failed);
      REQUIRE(failed == unclosed);
      if (!unclosed) REQUIRE(got == expected);
      auto const streamed = stream_pieces(
          text.substr(0, 5), std::make_unique<StringStream>(text.substr(std::min<std::size_t>(5, text.size())), 13),
          "t.csv", {}, {}, bytes);
      std::string const again = records_of(*streamed, failed);
      REQUIRE(failed == unclosed);
      if (!unclosed) REQUIRE(again == expected);
    }
  }
}
