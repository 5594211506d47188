// The two streams. Results and artefact paths go to standard output, everything else to standard error.
#pragma once

#include <string>
#include <string_view>

#include "app/progress_bar.h"
#include "core/diagnostic.h"

namespace yekun {

class Console {
 public:
  /// `progress`: the line that is cleared before anything is written; null: none.
  Console(bool json, bool colour, ProgressBar* progress = nullptr)
      : json_(json), colour_(colour), progress_(progress) {}

  /// Nothing reaches the streams: diagnostics are added to `kept` as text without colours.
  explicit Console(std::string* kept) : json_(false), colour_(false), progress_(nullptr), kept_(kept) {}

  /// The same console, which adds what print() and say() say to `copy` as well, as text without colours.
  Console copied_to(std::string* copy) const {
    Console out = *this;
    out.copy_ = copy;
    return out;
  }

  /// Each diagnostic as text or, with --json, as one JSON object a line; to standard error.
  void print(Diagnostics const& diagnostics) const;
  /// A plain line to standard error; nothing with --json.
  void say(std::string_view line) const;
  /// To standard output. false if it could not be written (a closed pipe is no failure: the reader had enough).
  bool write(std::string_view text) const;
  bool json() const { return json_; }

 private:
  void clear_progress() const {
    if (progress_ != nullptr) progress_->clear();
  }
  bool json_;
  bool colour_;
  ProgressBar* progress_;
  std::string* kept_ = nullptr;
  std::string* copy_ = nullptr;
};

}  // namespace yekun
