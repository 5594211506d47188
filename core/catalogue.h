// The program's own texts in five languages, from templates/texts/<language>.json, which a translator can edit.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/locale.h"

namespace yekun {

/// One language's texts: key -> ICU message. Keys are dotted, in the field's terms: "state.missing".
class Catalogue {
 public:
  /// The carried catalogue of `language` (as for Locale; an unknown language is an error). Every key exists in every
  /// language (a test proves it).
  static Result<Catalogue> load(std::string_view language);

  /// The text with its arguments filled in. An unknown key gives the key in brackets: "[state.missing]".
  std::string text(std::string_view key, MessageArguments const& arguments = {}) const;
  bool has(std::string_view key) const;
  std::vector<std::string> keys() const;
  Locale const& locale() const;

 private:
  explicit Catalogue(std::shared_ptr<Locale const> locale) : locale_(std::move(locale)) {}
  std::shared_ptr<Locale const> locale_;  // shared by copies of one catalogue; it holds the texts
};

}  // namespace yekun
