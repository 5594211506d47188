#include "reports/markdown.h"

#include <md4c.h>

#include <string>

namespace yekun {

namespace {

struct List {
  bool ordered = false;
  int next = 1;
};

/// What md4c's callbacks build up.
class Builder {
 public:
  void enter(MD_BLOCKTYPE type, void* detail) {
    if (type == MD_BLOCK_UL) lists_.push_back({});
    if (type == MD_BLOCK_OL)
      lists_.push_back({true, static_cast<int>(static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start)});
    if (type == MD_BLOCK_QUOTE) ++quotes_;
    if (type == MD_BLOCK_LI) start_item();
    if (type == MD_BLOCK_P || type == MD_BLOCK_H || type == MD_BLOCK_CODE) start_paragraph();
    if (type == MD_BLOCK_H) ++bold_;
  }

  void leave(MD_BLOCKTYPE type) {
    if (type == MD_BLOCK_UL || type == MD_BLOCK_OL) lists_.pop_back();
    if (type == MD_BLOCK_QUOTE) --quotes_;
    if (type == MD_BLOCK_H) --bold_;
    if (type == MD_BLOCK_P || type == MD_BLOCK_H || type == MD_BLOCK_CODE || type == MD_BLOCK_LI) open_ = false;
  }

  void enter(MD_SPANTYPE type, void* detail) {
    if (type == MD_SPAN_STRONG) ++bold_;
    if (type == MD_SPAN_EM) ++italic_;
    if (type == MD_SPAN_IMG) ++images_;
    if (type == MD_SPAN_A) link_ = safe_link(static_cast<MD_SPAN_A_DETAIL*>(detail)->href);
  }

  void leave(MD_SPANTYPE type) {
    if (type == MD_SPAN_STRONG) --bold_;
    if (type == MD_SPAN_EM) --italic_;
    if (type == MD_SPAN_IMG) --images_;
    if (type == MD_SPAN_A) link_.clear();
  }

  void text(MD_TEXTTYPE type, std::string_view text) {
    if (images_ > 0) return;
    if (type == MD_TEXT_SOFTBR) text = " ";
    if (type == MD_TEXT_BR) text = "\n";
    if (type == MD_TEXT_NULLCHAR) text = "\xEF\xBF\xBD";
    if (!open_) start_paragraph();
    auto& runs = paragraphs_.back().runs;
    bool const same = !runs.empty() && runs.back().bold == (bold_ > 0) && runs.back().italic == (italic_ > 0) &&
                      runs.back().link == link_;
    if (same)
      runs.back().text += text;
    else
      runs.push_back({std::string(text), bold_ > 0, italic_ > 0, link_});
  }

  std::vector<Paragraph> take() { return std::move(paragraphs_); }

 private:
  void start_item() {
    item_pending_ = true;
    open_ = false;
  }

  void start_paragraph() {
    Paragraph paragraph;
    if (quotes_ > 0) paragraph.kind = ParagraphKind::quote;
    if (!lists_.empty()) {
      paragraph.level = static_cast<int>(lists_.size()) - 1;
      if (item_pending_) {
        paragraph.kind = lists_.back().ordered ? ParagraphKind::numbered : ParagraphKind::bullet;
        if (lists_.back().ordered) paragraph.number = lists_.back().next++;
      }
    }
    item_pending_ = false;
    open_ = true;
    paragraphs_.push_back(std::move(paragraph));
  }

  static std::string safe_link(MD_ATTRIBUTE const& href) {
    std::string_view const target(href.text, href.size);
    for (auto const* scheme : {"http://", "https://", "mailto:"})
      if (target.starts_with(scheme)) return std::string(target);
    return {};
  }

  std::vector<Paragraph> paragraphs_;
  std::vector<List> lists_;
  std::string link_;
  int quotes_ = 0;
  int bold_ = 0;
  int italic_ = 0;
  int images_ = 0;
  bool open_ = false;
  bool item_pending_ = false;
};

Builder& builder(void* user) { return *static_cast<Builder*>(user); }

}  // namespace

std::vector<Paragraph> parse_markdown(std::string_view text) {
  Builder built;
  MD_PARSER parser{};
  parser.flags = MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS | MD_FLAG_PERMISSIVEAUTOLINKS;
  parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* user) { return builder(user).enter(type, detail), 0; };
  parser.leave_block = [](MD_BLOCKTYPE type, void*, void* user) { return builder(user).leave(type), 0; };
  parser.enter_span = [](MD_SPANTYPE type, void* detail, void* user) { return builder(user).enter(type, detail), 0; };
  parser.leave_span = [](MD_SPANTYPE type, void*, void* user) { return builder(user).leave(type), 0; };
  parser.text = [](MD_TEXTTYPE type, MD_CHAR const* first, MD_SIZE size, void* user) {
    return builder(user).text(type, {first, size}), 0;
  };
  md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, &built);
  return built.take();
}

}  // namespace yekun
